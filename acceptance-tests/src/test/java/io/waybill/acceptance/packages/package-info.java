/**
 * The agent's Debian package: what is in it, and what becomes of a machine that it is installed on.
 */
@NullMarked
package io.waybill.acceptance.packages;

import org.jspecify.annotations.NullMarked;
