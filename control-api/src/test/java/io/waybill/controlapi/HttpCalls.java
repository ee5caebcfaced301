package io.waybill.controlapi;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Asks a server on this machine, as one caller. */
final class HttpCalls {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** Looks at everything that was asked and answered. */
  interface Witness {
    void saw(String method, String path, byte[] body, HttpAnswer answer);
  }

  private final int port;
  private final Map<String, String> headers;
  private final Witness witness;

  HttpCalls(int port, Witness witness) {
    this(port, Map.of(), witness);
  }

  private HttpCalls(int port, Map<String, String> headers, Witness witness) {
    this.port = port;
    this.headers = headers;
    this.witness = witness;
  }

  /** The same, with a header more. */
  HttpCalls with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new HttpCalls(port, more, witness);
  }

  HttpCalls as(String secret) {
    return with("Authorization", "Bearer " + secret);
  }

  /** All of it; of a stream nothing, as it has no end. */
  private static BodySubscriber<byte[]> body(ResponseInfo info) {
    boolean isEndless =
        info.headers().firstValue("Content-Type").orElse("").equals("text/event-stream");
    return isEndless ? new Unread() : BodySubscribers.ofByteArray();
  }

  /** Hangs up at once. */
  private static final class Unread implements BodySubscriber<byte[]> {
    private final CompletableFuture<byte[]> nothing = new CompletableFuture<>();

    @Override
    public CompletionStage<byte[]> getBody() {
      return nothing;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      nothing.complete(new byte[0]);
      subscription.cancel();
    }

    @Override
    public void onNext(List<ByteBuffer> bytes) {
      // It is not listened to.
    }

    @Override
    public void onError(Throwable why) {
      // Nor is this.
    }

    @Override
    public void onComplete() {
      // Nor this.
    }
  }

  HttpAnswer get(String path) {
    return send("GET", path, new byte[0]);
  }

  HttpAnswer post(String path, String json) {
    HttpCalls typed =
        headers.containsKey("Content-Type") ? this : with("Content-Type", "application/json");
    return typed.send("POST", path, json.getBytes(StandardCharsets.UTF_8));
  }

  HttpAnswer patch(String path, String json) {
    return with("Content-Type", "application/json")
        .send("PATCH", path, json.getBytes(StandardCharsets.UTF_8));
  }

  HttpAnswer delete(String path) {
    return send("DELETE", path, new byte[0]);
  }

  HttpAnswer delete(String path, String body) {
    return with("Content-Type", "application/json")
        .send("DELETE", path, body.getBytes(StandardCharsets.UTF_8));
  }

  HttpAnswer send(String method, String path, byte[] body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .method(
                method,
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    try {
      HttpAnswer answer = new HttpAnswer(CLIENT.send(request.build(), HttpCalls::body));
      witness.saw(method, path, body, answer);
      return answer;
    } catch (IOException e) {
      throw new AssertionError("no answer to " + method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
