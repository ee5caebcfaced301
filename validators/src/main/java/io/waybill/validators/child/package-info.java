/** Readers in a process of their own: what a file does to its reader stays there. */
@NullMarked
package io.waybill.validators.child;

import org.jspecify.annotations.NullMarked;
