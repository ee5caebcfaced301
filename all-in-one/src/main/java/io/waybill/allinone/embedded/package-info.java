/** A real database, a real broker and a real object store, each in or beside this one process. */
@NullMarked
package io.waybill.allinone.embedded;

import org.jspecify.annotations.NullMarked;
