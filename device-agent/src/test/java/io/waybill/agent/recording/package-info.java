/** Tests of what recordings say of themselves. */
@NullMarked
package io.waybill.agent.recording;

import org.jspecify.annotations.NullMarked;
