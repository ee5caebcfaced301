package io.waybill.core.work;

import java.util.UUID;

/** Makes ids: UUIDv7, unique, later ones greater within one process. */
@FunctionalInterface
public interface IdSource {

  UUID next();
}
