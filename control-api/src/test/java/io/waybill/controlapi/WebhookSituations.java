package io.waybill.controlapi;

import io.waybill.core.ErrorCode;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** What the routes of webhook endpoints need to answer well, and to refuse. */
final class WebhookSituations {
  static final String ENDPOINTS = "/v1/webhook-endpoints";
  static final String NEW = "{\"url\": \"https://example.com/hook\"}";

  private WebhookSituations() {}

  /** A new endpoint, with its secret. */
  static JsonNode made(TestWorld world) {
    return world.as(TestWorld.ADMIN).post(ENDPOINTS, NEW).json();
  }

  static String path(JsonNode made) {
    return ENDPOINTS + "/" + made.at("/webhook_endpoint/webhook_endpoint_id").asString();
  }

  static void add(Map<ErrorCode, Supplier<HttpAnswer>> mistakes, TestWorld world) {
    mistakes.put(
        ErrorCode.WEBHOOK_ENDPOINT_NOT_FOUND,
        () -> world.as(TestWorld.ADMIN).post(ENDPOINTS + "/" + TestWorld.id(0xffff) + "/test", ""));
  }
}
