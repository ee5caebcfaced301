package io.waybill.controlapi;

import io.waybill.wire.Json;
import io.waybill.wire.Parsed;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What came back, with words for what tests ask of it. */
record HttpAnswer(HttpResponse<byte[]> response) {

  int status() {
    return response.statusCode();
  }

  String text() {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  JsonNode json() {
    if (Json.parse(response.body()) instanceof Parsed.Read<JsonNode>(JsonNode node)) {
      return node;
    }
    throw new AssertionError(status() + " with a body that is not JSON: " + text());
  }

  String header(String name) {
    return response.headers().firstValue(name).orElse("");
  }

  /** {@code 404 upload_session.not_found}, or the status alone when it is no error. */
  String outcome() {
    return status() < 400
        ? Integer.toString(status())
        : status() + " " + json().at("/error/code").asString();
  }

  /** {@code limit request.field_invalid} for every wrong field. */
  List<String> fieldErrors() {
    return json()
        .at("/error/details/errors")
        .valueStream()
        .map(e -> e.get("field").asString() + " " + e.get("code").asString())
        .toList();
  }
}
