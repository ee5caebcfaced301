/** What the doors have in common: how a process says that it works. */
@NullMarked
package io.waybill.doors;

import org.jspecify.annotations.NullMarked;
