/** Projects and the storage policies that rule their uploads. */
@NullMarked
package io.waybill.core.project;

import org.jspecify.annotations.NullMarked;
