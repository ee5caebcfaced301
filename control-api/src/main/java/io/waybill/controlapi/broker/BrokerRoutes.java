package io.waybill.controlapi.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.waybill.controlapi.edge.Exchange;
import io.waybill.controlapi.edge.Route;
import io.waybill.core.ErrorCode;
import io.waybill.core.Verdict;
import io.waybill.core.app.UseCases;
import io.waybill.wire.Json;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;

/**
 * {@code /internal/mqtt/…}: what EMQX asks by HTTP when a client connects and when it uses a topic,
 * in EMQX's shapes. Every answer is 200 with {@code result}; when we cannot tell, it is an error,
 * which EMQX takes for no answer and, as we configure it, denies.
 */
public final class BrokerRoutes {
  private static final HeaderName SECRET = HeaderNames.create("X-Waybill-Secret");
  private static final int MAX_BYTES = 16 << 10;

  private final BrokerDesk desk;
  private final byte[] secret;

  public BrokerRoutes(UseCases cases, BrokerSettings settings) {
    this.desk = new BrokerDesk(cases, settings);
    this.secret = settings.secret().getBytes(UTF_8);
  }

  public List<Route> routes() {
    return List.of(
        Route.posted(
            "/internal/mqtt/authenticate",
            MAX_BYTES,
            this::isBroker,
            body -> Json.read(body, Login.class),
            (login, exchange) ->
                desk.mayConnect(login, exchange.requestId())
                    .map(may -> Map.of("result", word(may), "is_superuser", false))),
        Route.posted(
            "/internal/mqtt/authorize",
            MAX_BYTES,
            this::isBroker,
            body -> Json.read(body, TopicUse.class),
            (use, exchange) -> Verdict.ok(Map.of("result", word(desk.mayUse(use))))));
  }

  private static String word(boolean may) {
    return may ? "allow" : "deny";
  }

  private Verdict<Boolean> isBroker(Exchange exchange) {
    boolean knows =
        exchange
            .header(SECRET)
            .filter(shown -> MessageDigest.isEqual(shown.getBytes(UTF_8), secret))
            .isPresent();
    return knows
        ? Verdict.ok(true)
        : Verdict.refused(
            ErrorCode.AUTH_API_KEY_INVALID,
            "Send WAYBILL_INTERNAL_SECRET as " + SECRET.defaultCase() + ".");
  }
}
