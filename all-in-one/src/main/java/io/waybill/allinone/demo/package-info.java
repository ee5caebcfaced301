/** The main job, start to finish, told step by step: what {@code ./waybill demo} runs. */
@NullMarked
package io.waybill.allinone.demo;

import org.jspecify.annotations.NullMarked;
