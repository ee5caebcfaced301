package io.waybill.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An OpenID Connect issuer on loopback, with real keys: it publishes its discovery document and its
 * keys over HTTP, and signs whatever it is given. What a test wants to be wrong, it writes itself.
 */
public final class TestIssuer implements AutoCloseable {

  /** A key and what it signs with. */
  public record Key(String id, String algorithm, KeyPair pair) {}

  private final HttpServer server;
  private final Map<String, Key> published = new ConcurrentSkipListMap<>();
  private final AtomicInteger asked = new AtomicInteger();

  /** What the discovery document says instead of the truth; empty for the truth. */
  public volatile String pretendedIssuer = "";

  /** Where it says that its keys are; empty for the truth. */
  public volatile String pretendedKeysUri = "";

  /** What it answers with; 200 for the truth. */
  public volatile int status = 200;

  /** So many bytes stand before each answer. */
  public volatile int padding;

  private TestIssuer(HttpServer server) {
    this.server = server;
  }

  /** Serves on any free port; it has no key yet. */
  public static TestIssuer start() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      TestIssuer issuer = new TestIssuer(server);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.createContext("/", issuer::answer);
      server.start();
      return issuer;
    } catch (IOException e) {
      throw new IllegalStateException("loopback has no port", e);
    }
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** How often it was asked for its keys. */
  public int asked() {
    return asked.get();
  }

  /** A new key; nobody is told of it. */
  public static Key key(String id, String algorithm) {
    try {
      KeyPairGenerator generator =
          KeyPairGenerator.getInstance(
              switch (algorithm) {
                case "RS256" -> "RSA";
                case "ES256" -> "EC";
                default -> "Ed25519";
              });
      if (algorithm.equals("RS256")) {
        generator.initialize(2048);
      } else if (algorithm.equals("ES256")) {
        generator.initialize(new ECGenParameterSpec("secp256r1"));
      }
      return new Key(id, algorithm, generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has it", e);
    }
  }

  /** A new key among those that it publishes. */
  public Key publish(String id, String algorithm) {
    Key key = key(id, algorithm);
    published.put(id, key);
    return key;
  }

  public void withdraw(Key key) {
    published.remove(key.id());
  }

  /** A token of this key: a header with its name, and these claims. */
  public static String token(Key key, String claims) {
    return token(
        key,
        "{\"typ\": \"JWT\", \"alg\": \"%s\", \"kid\": \"%s\"}".formatted(key.algorithm(), key.id()),
        claims);
  }

  /** A token of this key with this header, whatever it says. */
  public static String token(Key key, String header, String claims) {
    String signed = part(utf8(header)) + "." + part(utf8(claims));
    return signed + "." + part(sign(key, utf8(signed)));
  }

  /** A part of a token. */
  public static String part(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] sign(Key key, byte[] bytes) {
    try {
      Signature signature =
          Signature.getInstance(
              switch (key.algorithm()) {
                case "RS256" -> "SHA256withRSA";
                case "ES256" -> "SHA256withECDSAinP1363Format";
                default -> "Ed25519";
              });
      signature.initSign(key.pair().getPrivate());
      signature.update(bytes);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has it", e);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body =
        switch (exchange.getRequestURI().getPath()) {
          case "/.well-known/openid-configuration" -> discovery();
          case "/keys" -> keys();
          default -> "{}";
        };
    byte[] bytes = utf8(" ".repeat(padding) + body);
    exchange.sendResponseHeaders(status, bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  private String discovery() {
    return "{\"issuer\": \"%s\", \"jwks_uri\": \"%s\", \"scopes_supported\": [\"openid\"]}"
        .formatted(
            pretendedIssuer.isEmpty() ? uri() : pretendedIssuer,
            pretendedKeysUri.isEmpty() ? uri() + "/keys" : pretendedKeysUri);
  }

  private String keys() {
    asked.incrementAndGet();
    return "{\"keys\": [{\"kty\": \"of the future\"}"
        + String.join("", published.values().stream().map(key -> ", " + jwk(key)).toList())
        + "]}";
  }

  /** As it is published. */
  public static String jwk(Key key) {
    String what =
        switch (key.pair().getPublic()) {
          case RSAPublicKey rsa ->
              "\"kty\": \"RSA\", \"n\": \"%s\", \"e\": \"%s\""
                  .formatted(
                      part(bytes(rsa.getModulus(), 256)), part(bytes(rsa.getPublicExponent(), 3)));
          case ECPublicKey ec ->
              "\"kty\": \"EC\", \"crv\": \"P-256\", \"x\": \"%s\", \"y\": \"%s\""
                  .formatted(
                      part(bytes(ec.getW().getAffineX(), 32)),
                      part(bytes(ec.getW().getAffineY(), 32)));
          case EdECPublicKey edwards ->
              "\"kty\": \"OKP\", \"crv\": \"Ed25519\", \"x\": \"%s\"".formatted(part(raw(edwards)));
          default -> throw new IllegalArgumentException("no key of ours");
        };
    return "{\"kid\": \"%s\", \"use\": \"sig\", %s}".formatted(key.id(), what);
  }

  /** The end of its X.509 form is the key itself. */
  private static byte[] raw(EdECPublicKey key) {
    byte[] whole = key.getEncoded();
    byte[] raw = new byte[32];
    System.arraycopy(whole, whole.length - raw.length, raw, 0, raw.length);
    return raw;
  }

  private static byte[] bytes(BigInteger number, int length) {
    byte[] signed = number.toByteArray();
    byte[] bytes = new byte[length];
    int skipped = Math.max(0, signed.length - length);
    int from = length - (signed.length - skipped);
    System.arraycopy(signed, skipped, bytes, from, signed.length - skipped);
    return bytes;
  }

  /** Goes away. */
  @Override
  public void close() {
    server.stop(0);
  }
}
