package io.waybill.agent.listing;

import io.waybill.agent.control.Answer;
import io.waybill.agent.control.UnreachableException;
import io.waybill.agent.http.PatientApi;
import io.waybill.wire.ErrorBody;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Walks lists of the API. Rows are handed on as they come: no list is held whole. */
public final class Listing {

  /** How a walk ended. */
  public sealed interface End {

    /** All rows were told. */
    record Complete() implements End {}

    /** There are more. */
    record Cut() implements End {}

    record Refused(ErrorBody error) implements End {}
  }

  private final PatientApi api;

  public Listing(PatientApi api) {
    this.api = api;
  }

  /** Whether this is the id of a project that we may see. */
  public boolean isProject(UUID id) throws UnreachableException, InterruptedException {
    return api.get("/v1/projects/" + id, JsonNode.class) instanceof Answer.Done<JsonNode>;
  }

  /**
   * Tells every row, the newest first.
   *
   * @param most how many at most
   */
  public End each(Kind kind, long most, Consumer<JsonNode> row)
      throws UnreachableException, InterruptedException {
    long left = most;
    String cursor = null;
    while (left > 0) {
      switch (api.get(path(kind, left, cursor), JsonNode.class)) {
        case Answer.Refused<JsonNode>(ErrorBody error) -> {
          return new End.Refused(error);
        }
        case Answer.Done<JsonNode>(JsonNode page) -> {
          for (JsonNode each : page.path(kind.field())) {
            if (left-- > 0) {
              row.accept(each);
            }
          }
          JsonNode next = page.path("next_cursor");
          if (!next.isString()) {
            return left < 0 ? new End.Cut() : new End.Complete();
          }
          cursor = next.stringValue();
        }
      }
    }
    return new End.Cut();
  }

  private static String path(Kind kind, long left, @Nullable String cursor) {
    if (kind.pageSize() == 0) {
      return kind.path();
    }
    String path = kind.path() + "?limit=" + Math.min(left, kind.pageSize());
    return cursor == null
        ? path
        : path + "&cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8);
  }
}
