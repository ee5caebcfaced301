package io.waybill.controlapi;

import io.waybill.core.ErrorCode;
import java.util.Map;
import java.util.function.Supplier;

/** What the routes of recoveries need to answer well, and to refuse. */
final class RecoverySituations {
  static final String RECOVERIES = "/v1/recoveries";

  private RecoverySituations() {}

  /** One that was started. */
  static String path(TestWorld world) {
    return RECOVERIES
        + "/"
        + world.as(TestWorld.ADMIN).post(RECOVERIES, "").json().at("/recovery_id").asString();
  }

  static void add(Map<ErrorCode, Supplier<HttpAnswer>> mistakes, TestWorld world) {
    mistakes.put(
        ErrorCode.RECOVERY_NOT_FOUND,
        () -> world.as(TestWorld.ADMIN).get(RECOVERIES + "/" + TestWorld.id(0xffff)));
  }
}
