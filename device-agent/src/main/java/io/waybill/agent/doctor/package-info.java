/** What stands between this machine and an upload: each thing looked at, with what to do. */
@NullMarked
package io.waybill.agent.doctor;

import org.jspecify.annotations.NullMarked;
