package io.waybill.controlapi.edge;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.waybill.core.MetadataRule;
import io.waybill.core.work.IdSource;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a request: the client's own where it is harmless, else one of ours. It is repeated in
 * answers, logs and audit rows, so what may be a secret is not.
 */
public final class RequestIds {

  static final HeaderName HEADER = HeaderNames.create("X-Request-ID");

  // What may stand in a header and a log line without quoting.
  private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9._:/+=@-]{1,128}");

  private final IdSource ids;

  public RequestIds(IdSource ids) {
    this.ids = ids;
  }

  /**
   * @param sent the client's own, if it has sent one
   */
  String of(Optional<String> sent) {
    return sent.filter(RequestIds::isHarmless).orElseGet(() -> ids.next().toString());
  }

  private static boolean isHarmless(String id) {
    return HARMLESS.matcher(id).matches() && !MetadataRule.mayBeSecret(id);
  }
}
