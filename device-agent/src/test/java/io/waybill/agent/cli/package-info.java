@NullMarked
package io.waybill.agent.cli;

import org.jspecify.annotations.NullMarked;
