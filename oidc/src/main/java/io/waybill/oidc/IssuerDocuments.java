package io.waybill.oidc;

import com.nimbusds.jose.jwk.JWK;
import io.waybill.wire.Json;
import io.waybill.wire.Parsed;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import tools.jackson.databind.JsonNode;

/** What an issuer publishes of itself: asked over the network, bounded in size and time. */
final class IssuerDocuments {

  /** How long each of the two answers may take, whole. */
  static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final int MOST_BYTES = 256 << 10;
  private static final int MOST_KEYS = 100;

  private final IssuerSettings settings;
  private final HttpClient http;

  IssuerDocuments(IssuerSettings settings, SSLContext tls) {
    this.settings = settings;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(PATIENCE)
            .sslContext(tls)
            .build();
  }

  /** The keys that the issuer signs with now. */
  List<JWK> keys() throws IOException {
    String root = settings.issuer().toString().replaceAll("/+$", "");
    JsonNode about = get(URI.create(root + "/.well-known/openid-configuration"));
    if (!about.path("issuer").asString("").equals(settings.issuer().toString())) {
      throw new IOException("its discovery document is another issuer's");
    }
    List<JWK> keys = new ArrayList<>();
    for (JsonNode each : get(keysUri(about)).path("keys")) {
      if (keys.size() < MOST_KEYS) {
        add(each, keys);
      }
    }
    if (keys.isEmpty()) {
      throw new IOException("it publishes no key that can be used here");
    }
    return keys;
  }

  private URI keysUri(JsonNode about) throws IOException {
    try {
      URI uri = URI.create(about.path("jwks_uri").asString(""));
      if (settings.isSafe(uri)) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      throw new IOException("its jwks_uri is no address", e);
    }
    throw new IOException("its jwks_uri is not https");
  }

  /** Issuers publish keys of kinds that we do not know, too. */
  private static void add(JsonNode each, List<JWK> keys) {
    try {
      keys.add(JWK.parse(each.toString()).toPublicJWK());
    } catch (ParseException | RuntimeException notOurs) {
      return;
    }
  }

  private JsonNode get(URI uri) throws IOException {
    HttpRequest request = HttpRequest.newBuilder(uri).header("Accept", "application/json").build();
    HttpResponse<byte[]> answer =
        whole(
            http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES)));
    if (answer.statusCode() != 200) {
      throw new IOException("it answers " + answer.statusCode());
    }
    if (Json.parse(answer.body()) instanceof Parsed.Read<JsonNode>(JsonNode json)) {
      return json;
    }
    throw new IOException("its answer is not JSON");
  }

  private static <T> T whole(CompletableFuture<T> answer) throws IOException {
    try {
      return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("asking it was ended", e);
    } catch (ExecutionException e) {
      throw new IOException("asking it fails: " + e.getCause(), e.getCause());
    } catch (TimeoutException e) {
      throw new IOException("it does not answer in " + PATIENCE.toSeconds() + " s", e);
    } finally {
      answer.cancel(true);
    }
  }
}
