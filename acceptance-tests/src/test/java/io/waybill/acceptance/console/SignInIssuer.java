package io.waybill.acceptance.console;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.waybill.testkit.TestIssuer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An issuer where people sign in: a page with a button for each, a code for one redemption by
 * whoever knows what its challenge was made of, tokens that give others. It takes one public client
 * of one origin, and no secret.
 */
final class SignInIssuer implements AutoCloseable {

  static final String CLIENT = "waybill-console";

  /** What was asked; empty for what was not. */
  private record Form(Map<String, String> pairs) {
    static Form of(String query) {
      return new Form(
          Stream.of(query.split("&"))
              .map(pair -> pair.split("=", 2))
              .collect(
                  Collectors.toMap(
                      pair -> pair[0],
                      pair -> URLDecoder.decode(pair[1], UTF_8),
                      (first, _) -> first)));
    }

    String get(String name) {
      return pairs.getOrDefault(name, "");
    }
  }

  private static final Form NONE = new Form(Map.of());
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final HttpServer server;
  private final String origin;
  private final TestIssuer.Key key = TestIssuer.key("one", "ES256");
  private final Map<String, Form> codes = new ConcurrentHashMap<>();
  private final Map<String, String> refreshing = new ConcurrentHashMap<>();
  private final List<String> redeemed = new CopyOnWriteArrayList<>();
  private volatile boolean isAway;

  private SignInIssuer(HttpServer server, String origin) {
    this.server = server;
    this.origin = origin;
  }

  /** Opens one for pages of this origin. */
  static SignInIssuer open(URI console) {
    try {
      InetAddress here = InetAddress.getLoopbackAddress();
      HttpServer server = HttpServer.create(new InetSocketAddress(here, 0), 0);
      SignInIssuer issuer = new SignInIssuer(server, "http://127.0.0.1:" + console.getPort());
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.createContext("/", issuer::answer);
      server.start();
      return issuer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  URI uri() {
    return URI.create("http://127.0.0.1:%d/plant".formatted(server.getAddress().getPort()));
  }

  /** How it is called in a sentence. */
  String name() {
    return uri().getAuthority();
  }

  /** What was redeemed for tokens, each as {@code code} or {@code refresh_token}. */
  List<String> redeemed() {
    return List.copyOf(redeemed);
  }

  /** How many tokens give others. */
  int lasting() {
    return refreshing.size();
  }

  /** No token gives others any more: everybody must sign in again. */
  void forget() {
    refreshing.clear();
  }

  /** It answers everything with 503, or does not any more. */
  void away(boolean isAway) {
    this.isAway = isAway;
  }

  /** A token for this person that is valid for so many seconds; for fewer than none, it was. */
  String token(String person, int seconds) {
    long now = Instant.now().getEpochSecond();
    return TestIssuer.token(
        key,
        "{\"iss\": \"%s\", \"aud\": \"waybill\", \"iat\": %d, \"exp\": %d, \"sub\": \"%s\"}"
            .formatted(uri(), now - 600, now + seconds, person));
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (isAway) {
        json(exchange, 503, "{\"error\": \"temporarily_unavailable\"}");
        return;
      }
      switch (exchange.getRequestURI().getPath()) {
        case "/plant/.well-known/openid-configuration" -> json(exchange, 200, discovery());
        case "/plant/keys" ->
            json(exchange, 200, "{\"keys\": [%s]}".formatted(TestIssuer.jwk(key)));
        case "/plant/authorize" -> authorize(exchange);
        case "/plant/decide" -> decide(exchange);
        case "/plant/token" -> token(exchange, form(exchange));
        case "/plant/revoke" -> {
          refreshing.remove(form(exchange).get("token"));
          json(exchange, 200, "{}");
        }
        default -> html(exchange, 404, "nothing here");
      }
    }
  }

  private String discovery() {
    return """
    {"issuer": "%1$s", "jwks_uri": "%1$s/keys", "authorization_endpoint": "%1$s/authorize",
     "token_endpoint": "%1$s/token", "revocation_endpoint": "%1$s/revoke",
     "end_session_endpoint": "%1$s/end", "code_challenge_methods_supported": ["S256"]}\
    """
        .formatted(uri());
  }

  private void authorize(HttpExchange exchange) throws IOException {
    Form asked = Form.of(exchange.getRequestURI().getRawQuery());
    boolean isRight =
        CLIENT.equals(asked.get("client_id"))
            && "code".equals(asked.get("response_type"))
            && (origin + "/sign-in").equals(asked.get("redirect_uri"))
            && "S256".equals(asked.get("code_challenge_method"))
            && asked.get("code_challenge").length() == 43
            && asked.get("state").length() >= 43
            && asked.get("scope").contains("openid");
    String query = exchange.getRequestURI().getRawQuery().replace("&", "&amp;");
    html(
        exchange,
        isRight ? 200 : 400,
        isRight
            ? Stream.of("alice", "bob", "nobody")
                .map(
                    who -> "<p><a href=\"decide?who=%1$s&amp;%2$s\">%1$s</a>".formatted(who, query))
                .collect(Collectors.joining())
            : "this client asks for something else: " + asked);
  }

  /** Sends the browser back, with a code or with a refusal. */
  private void decide(HttpExchange exchange) throws IOException {
    Form asked = Form.of(exchange.getRequestURI().getRawQuery());
    String code = UUID.randomUUID().toString();
    boolean isRefused = asked.get("who").equals("nobody");
    if (!isRefused) {
      codes.put(code, asked);
    }
    String outcome =
        isRefused ? "error=access_denied&error_description=not+%3Cb%3Etoday" : "code=" + code;
    exchange
        .getResponseHeaders()
        .set(
            "Location",
            "%s?%s&state=%s&iss=%s"
                .formatted(
                    asked.get("redirect_uri"),
                    outcome,
                    asked.get("state"),
                    URLEncoder.encode(uri().toString(), UTF_8)));
    exchange.sendResponseHeaders(302, -1);
  }

  private void token(HttpExchange exchange, Form form) throws IOException {
    boolean isPublic =
        CLIENT.equals(form.get("client_id"))
            && form.get("client_secret").isEmpty()
            && !exchange.getRequestHeaders().containsKey("Authorization")
            && !exchange.getRequestHeaders().containsKey("Cookie");
    String person = isPublic ? person(form) : "";
    if (person.isEmpty()) {
      json(exchange, 400, "{\"error\": \"invalid_grant\"}");
      return;
    }
    redeemed.add(form.get("grant_type").equals("refresh_token") ? "refresh_token" : "code");
    String refresh = UUID.randomUUID().toString();
    refreshing.put(refresh, person);
    json(
        exchange,
        200,
        "{\"access_token\": \"%s\", \"token_type\": \"Bearer\", \"expires_in\": 3600, \"refresh_token\": \"%s\"}"
            .formatted(token(person, 3600), refresh));
  }

  /** Whose the code or the token is, which is used up by that; empty for nobody's. */
  private String person(Form form) {
    if ("refresh_token".equals(form.get("grant_type"))) {
      String person = refreshing.remove(form.get("refresh_token"));
      return person == null ? "" : person;
    }
    Form asked = codes.getOrDefault(form.get("code"), NONE);
    codes.remove(form.get("code"));
    boolean isTheirs =
        "authorization_code".equals(form.get("grant_type"))
            && asked.get("redirect_uri").equals(form.get("redirect_uri"))
            && asked.get("code_challenge").equals(challenge(form.get("code_verifier")));
    return isTheirs ? asked.get("who") : "";
  }

  private static String challenge(String verifier) {
    try {
      return BASE64.encodeToString(
          MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has it", e);
    }
  }

  private static Form form(HttpExchange exchange) throws IOException {
    return Form.of(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
  }

  private void json(HttpExchange exchange, int status, String body) throws IOException {
    exchange.getResponseHeaders().set("Access-Control-Allow-Origin", origin);
    send(exchange, status, "application/json", body);
  }

  private static void html(HttpExchange exchange, int status, String body) throws IOException {
    send(exchange, status, "text/html", "<!doctype html><title>Issuer</title>" + body);
  }

  private static void send(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
