package io.waybill.allinone.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.allinone.embedded.EmbeddedStore.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** What a PUT brings is bytes, and as many as its URL was signed for, whatever its headers say. */
class StoreBodiesTest {
  private static final String BUCKET = "robot-data";
  private static final byte[] BODY = "a=1&b=%zz&c\u0000d".getBytes(StandardCharsets.UTF_8);

  @TempDir static Path directory;
  private static EmbeddedStore store;
  private static S3Presigner presigner;
  private final HttpClient http = HttpClient.newHttpClient();

  @BeforeAll
  static void start() {
    store = EmbeddedStore.start(Settings.development(directory, 0));
    presigner =
        S3Presigner.builder()
            .endpointOverride(store.endpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create("waybill-dev", "waybill_dev_storage_local_only")))
            .serviceConfiguration(S3Configuration.builder().pathStyleAccessEnabled(true).build())
            .build();
  }

  @AfterAll
  static void stop() {
    presigner.close();
    store.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/x-www-form-urlencoded",
        "application/x-www-form-urlencoded; charset=no-such-charset",
        "multipart/form-data",
        "multipart/form-data; boundary=xyz",
        "text/plain; charset=klingon",
        "text/plain; charset=",
        "robot/recording",
        "no type at all",
        ""
      })
  void a_body_is_kept_whatever_its_content_type_says(String contentType) throws Exception {
    HttpResponse<String> put =
        http.send(
            HttpRequest.newBuilder(signedPut("types", BODY.length))
                .header("Content-Type", contentType)
                .PUT(BodyPublishers.ofByteArray(BODY))
                .build(),
            BodyHandlers.ofString());

    assertThat(put.statusCode()).as(put.body()).isEqualTo(200);
    assertThat(kept("types")).isEqualTo(BODY);
  }

  @Test
  void a_length_beside_chunks_is_refused_and_nothing_is_stored() throws Exception {
    URI url = signedPut("smuggled", 5 << 20);

    String answer =
        raw(
            """
            PUT %s?%s HTTP/1.1
            Host: 127.0.0.1:%d
            Content-Length: 5242880
            Transfer-Encoding: chunked

            a
            0123456789
            0

            """
                .formatted(url.getRawPath(), url.getRawQuery(), store.port()));

    assertThat(answer).startsWith("HTTP/1.1 400");
    assertThat(get("smuggled").statusCode()).isEqualTo(404);
  }

  @Test
  void chunks_without_a_length_are_refused() throws Exception {
    URI url = signedPut("chunked", 10);

    String answer =
        raw(
            """
            PUT %s?%s HTTP/1.1
            Host: 127.0.0.1:%d
            Transfer-Encoding: chunked
            Connection: close

            a
            0123456789
            0

            """
                .formatted(url.getRawPath(), url.getRawQuery(), store.port()));

    assertThat(answer).startsWith("HTTP/1.1 4");
    assertThat(get("chunked").statusCode()).isEqualTo(404);
  }

  @Test
  void two_lengths_are_refused() throws Exception {
    URI url = signedPut("lengths", 5);

    String answer =
        raw(
            """
            PUT %s?%s HTTP/1.1
            Host: 127.0.0.1:%d
            Content-Length: 5
            Content-Length: 6

            hello!
            """
                .formatted(url.getRawPath(), url.getRawQuery(), store.port()));

    assertThat(answer).startsWith("HTTP/1.1 400");
    assertThat(get("lengths").statusCode()).isEqualTo(404);
  }

  @Test
  void a_page_may_read_etag_range_and_checksums_and_the_reason_of_a_refusal() throws Exception {
    HttpResponse<String> put = fromThePage(signedPut("exposed", BODY.length), BODY);
    assertThat(put.headers().firstValue("Access-Control-Expose-Headers").orElse(""))
        .contains("ETag", "Content-Range", "x-amz-checksum-crc32c", "x-amz-checksum-crc64nvme")
        .contains("x-amz-checksum-sha256");

    HttpResponse<String> refused = fromThePage(signedPut("exposed", BODY.length), new byte[1]);
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.headers().firstValue("Access-Control-Allow-Origin"))
        .hasValue("http://localhost:18080");
  }

  private HttpResponse<String> fromThePage(URI url, byte[] body) throws Exception {
    return http.send(
        HttpRequest.newBuilder(url)
            .header("Origin", "http://localhost:18080")
            .PUT(BodyPublishers.ofByteArray(body))
            .build(),
        BodyHandlers.ofString());
  }

  /** Sends the lines with CRLF and reads until the store closes or has answered in full. */
  private static String raw(String lines) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), store.port())) {
      socket.setSoTimeout(60_000);
      socket
          .getOutputStream()
          .write(lines.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private byte[] kept(String key) throws Exception {
    return http.send(HttpRequest.newBuilder(signedGet(key)).build(), BodyHandlers.ofByteArray())
        .body();
  }

  private HttpResponse<String> get(String key) throws Exception {
    return http.send(HttpRequest.newBuilder(signedGet(key)).build(), BodyHandlers.ofString());
  }

  private static URI signedPut(String key, long length) {
    return URI.create(
        presigner
            .presignPutObject(presign ->
                presign
                    .signatureDuration(Duration.ofMinutes(5))
                    .putObjectRequest(put -> put.bucket(BUCKET).key(key).contentLength(length)))
            .url()
            .toString());
  }

  private static URI signedGet(String key) {
    return URI.create(
        presigner
            .presignGetObject(presign ->
                presign
                    .signatureDuration(Duration.ofMinutes(5))
                    .getObjectRequest(object -> object.bucket(BUCKET).key(key)))
            .url()
            .toString());
  }
}
