/** What the core asks of the object store: the bytes are there, never here. */
@NullMarked
package io.waybill.core.storage;

import org.jspecify.annotations.NullMarked;
