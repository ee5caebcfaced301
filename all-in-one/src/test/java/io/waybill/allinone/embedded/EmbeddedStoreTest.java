package io.waybill.allinone.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.allinone.embedded.EmbeddedStore.Settings;
import io.waybill.server.config.StartupFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

class EmbeddedStoreTest {
  private static final String BUCKET = "robot-data";
  private static final String KEY = "tenants/t/2026/run.mcap";
  private static final byte[] PART = new byte[5 * 1024 * 1024];

  @TempDir static Path directory;
  private static EmbeddedStore store;
  private static S3Client s3;
  private static S3Presigner presigner;
  private final HttpClient http = HttpClient.newHttpClient();

  @BeforeAll
  static void start() {
    store = EmbeddedStore.start(Settings.development(directory, 0));
    s3 = client(store, "waybill_dev_storage_local_only");
    presigner = presigner(store);
  }

  @AfterAll
  static void stop() {
    s3.close();
    presigner.close();
    store.close();
  }

  @Test
  void a_presigned_part_becomes_part_of_an_object() throws Exception {
    String upload = begin();
    HttpResponse<String> put = put(presignedPart(upload, PART.length, Duration.ofMinutes(5)), PART);
    assertThat(put.statusCode()).isEqualTo(200);
    String etag = put.headers().firstValue("ETag").orElseThrow();

    complete(upload, etag);

    assertThat(s3.headObject(head -> head.bucket(BUCKET).key(KEY)).contentLength())
        .isEqualTo(PART.length);
  }

  @Test
  void a_part_of_another_length_than_the_signed_one_is_refused() throws Exception {
    URI url = presignedPart(begin(), PART.length, Duration.ofMinutes(5));
    assertThat(put(url, new byte[1024]).statusCode()).isEqualTo(403);
  }

  @Test
  void a_tampered_url_is_refused() throws Exception {
    byte[] small = new byte[10]; // a large body may be cut off before the answer is read
    URI url = presignedPart(begin(), small.length, Duration.ofMinutes(5));
    URI tampered = URI.create(url.toString().replace("partNumber=1", "partNumber=2"));
    assertThat(put(tampered, small).statusCode()).isEqualTo(403);
  }

  @Test
  void nobody_gets_anything_without_a_signature_or_with_a_wrong_key() throws Exception {
    s3.putObject(object -> object.bucket(BUCKET).key("private"), RequestBody.fromString("secret"));
    assertThat(get(store.endpoint().resolve("/" + BUCKET)).statusCode()).isEqualTo(403);
    assertThat(get(store.endpoint().resolve("/" + BUCKET + "/private")).statusCode())
        .isEqualTo(403);
    try (S3Client thief = client(store, "guess")) {
      assertThatThrownBy(() -> thief.listObjectsV2(list -> list.bucket(BUCKET)))
          .hasMessageContaining("403");
    }
  }

  @Test
  void a_late_part_of_an_aborted_upload_is_refused_and_leaves_nothing() throws Exception {
    String upload = begin();
    URI url = presignedPart(upload, PART.length, Duration.ofMinutes(5));
    s3.abortMultipartUpload(abort -> abort.bucket(BUCKET).key(KEY).uploadId(upload));

    HttpResponse<String> late = put(url, PART);

    assertThat(late.statusCode()).isEqualTo(404);
    assertThat(late.body()).contains("NoSuchUpload");
    assertUnknown(upload);
  }

  @Test
  void a_completed_upload_takes_no_more_parts_but_its_completion_can_be_repeated()
      throws Exception {
    String upload = begin();
    String etag =
        put(presignedPart(upload, PART.length, Duration.ofMinutes(5)), PART)
            .headers()
            .firstValue("ETag")
            .orElseThrow();
    complete(upload, etag);
    assertUnknown(upload);
    assertThat(put(presignedPart(upload, PART.length, Duration.ofMinutes(5)), PART).statusCode())
        .isEqualTo(404);
    complete(upload, etag);
  }

  @ParameterizedTest
  @ValueSource(strings = {"never-made", "../../escape", "00000000-0000-0000-0000-000000000000"})
  void an_upload_that_was_never_made_is_unknown(String upload) throws Exception {
    URI url = presignedPart(upload, PART.length, Duration.ofMinutes(5));
    assertThat(put(url, PART).body()).contains("NoSuchUpload");
    assertUnknown(upload);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:5173",
        "http://127.0.0.1:5173",
        "http://localhost:18080",
        "http://127.0.0.1:18080"
      })
  void the_console_may_send_parts_and_read_their_etags(String origin) throws Exception {
    URI url = presignedPart(begin(), PART.length, Duration.ofMinutes(5));
    HttpResponse<String> preflight =
        http.send(
            HttpRequest.newBuilder(url)
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "PUT")
                .build(),
            BodyHandlers.ofString());
    assertThat(preflight.statusCode()).isEqualTo(200);
    assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin")).hasValue(origin);

    HttpResponse<String> put =
        http.send(
            HttpRequest.newBuilder(url)
                .PUT(BodyPublishers.ofByteArray(PART))
                .header("Origin", origin)
                .build(),
            BodyHandlers.ofString());
    assertThat(put.statusCode()).isEqualTo(200);
    assertThat(put.headers().firstValue("Access-Control-Expose-Headers"))
        .hasValueSatisfying(headers -> assertThat(headers).contains("ETag"));
  }

  @Test
  void a_page_from_elsewhere_is_told_nothing() throws Exception {
    URI url = presignedPart(begin(), PART.length, Duration.ofMinutes(5));
    HttpResponse<String> preflight =
        http.send(
            HttpRequest.newBuilder(url)
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Origin", "http://evil.example")
                .header("Access-Control-Request-Method", "PUT")
                .build(),
            BodyHandlers.ofString());
    assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
  }

  @Test
  void an_upload_and_its_parts_are_there_after_a_restart(@TempDir Path elsewhere) throws Exception {
    String upload;
    String etag;
    try (EmbeddedStore first = EmbeddedStore.start(Settings.development(elsewhere, 0));
        S3Client client = client(first, "waybill_dev_storage_local_only")) {
      upload = client.createMultipartUpload(create -> create.bucket(BUCKET).key(KEY)).uploadId();
      etag =
          client
              .uploadPart(
                  part -> part.bucket(BUCKET).key(KEY).uploadId(upload).partNumber(1),
                  RequestBody.fromBytes(PART))
              .eTag();
    }
    try (EmbeddedStore second = EmbeddedStore.start(Settings.development(elsewhere, 0));
        S3Client client = client(second, "waybill_dev_storage_local_only")) {
      assertThat(client.listParts(list -> list.bucket(BUCKET).key(KEY).uploadId(upload)).parts())
          .singleElement()
          .satisfies(part -> assertThat(part.eTag()).isEqualTo(etag));
    }
  }

  @Test
  void a_taken_port_is_named_together_with_its_option(@TempDir Path elsewhere) {
    assertThatThrownBy(() -> EmbeddedStore.start(Settings.development(elsewhere, store.port())))
        .isInstanceOf(StartupFailure.class)
        .hasMessageContaining("port " + store.port() + " (object storage) is taken")
        .hasMessageContaining("--storage-port");
  }

  @Test
  void two_processes_cannot_use_one_folder() {
    assertThatThrownBy(() -> EmbeddedStore.start(Settings.development(directory, 0)))
        .isInstanceOf(StartupFailure.class)
        .hasMessageContaining("in use by another Waybill process");
  }

  private static String begin() {
    return s3.createMultipartUpload(create -> create.bucket(BUCKET).key(KEY)).uploadId();
  }

  private static void complete(String upload, String etag) {
    s3.completeMultipartUpload(complete ->
        complete
            .bucket(BUCKET)
            .key(KEY)
            .uploadId(upload)
            .multipartUpload(parts ->
                parts.parts(List.of(CompletedPart.builder().partNumber(1).eTag(etag).build()))));
  }

  private static void assertUnknown(String upload) {
    assertThatThrownBy(() -> s3.listParts(list -> list.bucket(BUCKET).key(KEY).uploadId(upload)))
        .isInstanceOf(NoSuchUploadException.class);
    assertThatThrownBy(
            () -> s3.abortMultipartUpload(abort -> abort.bucket(BUCKET).key(KEY).uploadId(upload)))
        .isInstanceOf(NoSuchUploadException.class);
  }

  private static URI presignedPart(String upload, long length, Duration life) {
    return URI.create(
        presigner
            .presignUploadPart(presign ->
                presign
                    .signatureDuration(life)
                    .uploadPartRequest(part ->
                        part.bucket(BUCKET)
                            .key(KEY)
                            .uploadId(upload)
                            .partNumber(1)
                            .contentLength(length)))
            .url()
            .toString());
  }

  private HttpResponse<String> put(URI url, byte[] body) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(url).PUT(BodyPublishers.ofByteArray(body)).build(),
        BodyHandlers.ofString());
  }

  private HttpResponse<String> get(URI url) throws IOException, InterruptedException {
    return http.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString());
  }

  static S3Client client(EmbeddedStore store, String secretKey) {
    return S3Client.builder()
        .endpointOverride(store.endpoint())
        .region(Region.US_EAST_1)
        .credentialsProvider(credentials(secretKey))
        .forcePathStyle(true)
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }

  static S3Presigner presigner(EmbeddedStore store) {
    return S3Presigner.builder()
        .endpointOverride(store.endpoint())
        .region(Region.US_EAST_1)
        .credentialsProvider(credentials("waybill_dev_storage_local_only"))
        .serviceConfiguration(S3Configuration.builder().pathStyleAccessEnabled(true).build())
        .build();
  }

  private static StaticCredentialsProvider credentials(String secretKey) {
    return StaticCredentialsProvider.create(AwsBasicCredentials.create("waybill-dev", secretKey));
  }
}
