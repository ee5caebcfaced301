package io.waybill.server;

import io.waybill.core.app.Stores;
import io.waybill.core.storage.ObjectLocation;
import io.waybill.core.storage.ObjectStore.CreateOutcome;
import io.waybill.core.storage.ObjectStore.NewUpload;
import io.waybill.core.storage.UrlSigner.PartLength;
import io.waybill.core.storage.UrlSigner.PartsToSign;
import io.waybill.core.work.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Does with storage what a device and a browser do: sends a part to a signed URL and asks for an
 * object by one. The upload is aborted and the object was never there, so nothing stays behind.
 */
final class StoreTrial {
  private static final Duration LIFE = Duration.ofMinutes(1);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final byte[] PART = "waybill".getBytes(StandardCharsets.UTF_8);
  private static final Pattern CODE = Pattern.compile("<Code>(\\w+)</Code>");

  private final Ports<Stores> ports;
  private final ObjectLocation location;

  StoreTrial(Ports<Stores> ports, String endpointRef, String bucket) {
    this.ports = ports;
    this.location = new ObjectLocation(endpointRef, bucket, "waybill-doctor/" + ports.ids().next());
  }

  /** Throws with a plain reason when one of the two is refused. */
  void run() {
    NewUpload upload = new NewUpload(location, "application/octet-stream");
    switch (ports.store().createUploads(List.of(upload)).getFirst()) {
      case CreateOutcome.Created(String uploadId) -> {
        try {
          sendPart(uploadId);
          askForObject();
        } finally {
          ports.store().abort(location, uploadId);
        }
      }
      case CreateOutcome.Refused(String code, String message) ->
          throw new IllegalStateException(
              "an upload cannot be begun: %s %s".formatted(code, message));
      case CreateOutcome.Unavailable(var outage) -> throw outage;
    }
  }

  private void sendPart(String uploadId) {
    var signed =
        ports
            .signer()
            .signParts(
                new PartsToSign(
                    location,
                    uploadId,
                    List.of(new PartLength(1, PART.length)),
                    ports.time().instant(),
                    LIFE));
    URI url = URI.create(signed.url(signed.signatures().getFirst()));
    HttpResponse<String> answer =
        send(HttpRequest.newBuilder(url).PUT(BodyPublishers.ofByteArray(PART)));
    if (answer.statusCode() != 200) {
      throw refused("a PUT to a signed URL", url, answer);
    }
  }

  /** A signature that is right leads to the answer that there is no such object. */
  private void askForObject() {
    URI url =
        URI.create(ports.signer().signDownload(location, "nothing", ports.time().instant(), LIFE));
    HttpResponse<String> answer = send(HttpRequest.newBuilder(url));
    if (answer.statusCode() != 404 && !code(answer).equals("AccessDenied")) {
      throw refused("a GET of a signed URL", url, answer);
    }
  }

  private static IllegalStateException refused(String what, URI url, HttpResponse<String> answer) {
    return new IllegalStateException(
        "%s at %s is answered with %d %s"
            .formatted(what, url.getAuthority(), answer.statusCode(), code(answer)));
  }

  private static String code(HttpResponse<String> answer) {
    Matcher code = CODE.matcher(answer.body());
    return code.find() ? code.group(1) : "";
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) {
    HttpRequest whole = request.timeout(PATIENCE).build();
    try (HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      return http.send(whole, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException(
          "devices do not reach %s: %s".formatted(whole.uri().getAuthority(), e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
