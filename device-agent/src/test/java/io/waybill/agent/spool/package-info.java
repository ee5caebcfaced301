@NullMarked
package io.waybill.agent.spool;

import org.jspecify.annotations.NullMarked;
