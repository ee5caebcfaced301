/** What requests cost PostgreSQL. */
@NullMarked
package io.waybill.benchmarks.database;

import org.jspecify.annotations.NullMarked;
