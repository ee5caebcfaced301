@NullMarked
package io.waybill.agent.upload;

import org.jspecify.annotations.NullMarked;
