/** The upload lifecycle as types: tasks, objects, sessions, parts and their rules. */
@NullMarked
package io.waybill.core.upload;

import org.jspecify.annotations.NullMarked;
