/**
 * What the doors have in common: what a command asks of a use case, how a process says that it
 * works, and which trace a request is part of.
 */
@NullMarked
package io.waybill.doors;

import org.jspecify.annotations.NullMarked;
