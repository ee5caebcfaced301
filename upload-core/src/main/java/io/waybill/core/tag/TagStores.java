package io.waybill.core.tag;

import io.waybill.core.event.EventStores;
import io.waybill.core.idempotency.IdempotencyStores;
import io.waybill.core.project.ProjectStores;

/** The stores that tags touch: their own, and those of what lies below them. */
public interface TagStores extends ProjectStores, EventStores, IdempotencyStores {

  TagCategoryStore tagCategories();

  TagStore tags();
}
