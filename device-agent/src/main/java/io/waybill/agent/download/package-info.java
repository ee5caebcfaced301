/** Gets datasets onto this machine: in ranges, several at once, and never half of one as whole. */
@NullMarked
package io.waybill.agent.download;

import org.jspecify.annotations.NullMarked;
