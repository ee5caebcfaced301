/** Routes of uploads: tasks, sessions and their parts. */
@NullMarked
package io.waybill.controlapi.upload;

import org.jspecify.annotations.NullMarked;
