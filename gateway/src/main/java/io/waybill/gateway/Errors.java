package io.waybill.gateway;

import io.waybill.core.ErrorCode;
import io.waybill.core.Outage;
import io.waybill.core.Refusal;
import io.waybill.wire.Command.Malformed;
import io.waybill.wire.ErrorBody;
import java.util.LinkedHashMap;
import java.util.Map;

/** The transport's one small table: from a reason to the error object of an answer. */
final class Errors {

  private static final long DEFAULT_RETRY_AFTER_SECONDS = 1;

  private Errors() {}

  static ErrorBody of(Refusal refusal) {
    return switch (refusal.code().remedy()) {
      case RETRY_LATER ->
          body(
              refusal,
              refusal.retryAfterSeconds() > 0
                  ? refusal.retryAfterSeconds()
                  : DEFAULT_RETRY_AFTER_SECONDS);
      case GIVE_UP, FIX_REQUEST ->
          new ErrorBody(refusal.code().code(), refusal.message(), refusal.details(), false, null);
    };
  }

  private static ErrorBody body(Refusal refusal, long retryAfterSeconds) {
    return new ErrorBody(
        refusal.code().code(), refusal.message(), refusal.details(), true, retryAfterSeconds);
  }

  static ErrorBody of(Malformed malformed) {
    Map<String, Object> details = new LinkedHashMap<>(malformed.details());
    if (!malformed.errors().isEmpty()) {
      details.put("errors", malformed.errors());
    }
    return new ErrorBody(malformed.code(), malformed.message(), details, false, null);
  }

  static Refusal of(Outage outage) {
    return Refusal.of(outage.code(), outage.code().meaning())
        .retryAfter(outage.retryAfterSeconds());
  }

  static Refusal defect() {
    return Refusal.of(ErrorCode.INTERNAL, ErrorCode.INTERNAL.meaning()).retryAfter(5);
  }
}
