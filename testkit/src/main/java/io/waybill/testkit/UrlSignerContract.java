package io.waybill.testkit;

import static io.waybill.testkit.StoreUnderTest.MIN_PART;
import static io.waybill.testkit.StoreUnderTest.randomBytes;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.storage.ObjectLocation;
import io.waybill.core.storage.ObjectStore.CompleteOutcome;
import io.waybill.testkit.StoreUnderTest.Begun;
import java.io.ByteArrayInputStream;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What a store lets the holder of a signed URL do: exactly what was signed. */
public abstract class UrlSignerContract {

  protected abstract StoreUnderTest subject();

  @Test
  void bytes_sent_by_url_come_back_by_url() throws Exception {
    byte[] file = randomBytes(2 * MIN_PART + 12_345);
    Begun upload = subject().begin(subject().freshLocation("Läufe_漢字_7.mcap"));
    for (int part = 0; part < 3; part++) {
      int end = Math.min((part + 1) * MIN_PART, file.length);
      subject().send(upload, part + 1, Arrays.copyOfRange(file, part * MIN_PART, end));
    }
    complete(upload);

    HttpResponse<byte[]> all =
        subject().get(subject().downloadUrl(upload.location(), "Lauf \"7\".mcap"));

    assertThat(all.statusCode()).isEqualTo(200);
    assertThat(all.body()).isEqualTo(file);
    assertThat(all.headers().firstValue("Content-Disposition"))
        .contains("attachment; filename=\"Lauf _7_.mcap\"; filename*=UTF-8''Lauf%20%227%22.mcap");
  }

  @Test
  void a_download_has_its_name_however_long_and_strange_it_is() throws Exception {
    String longest = "漢".repeat(339) + ".mcap";
    ObjectLocation location = stored(randomBytes(10));

    for (String name : List.of(longest, "a; b=\"c\\\r\n'%41,.mcap")) {
      HttpResponse<byte[]> answer = subject().get(subject().downloadUrl(location, name));

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(savedAs(answer)).isEqualTo(name.replaceAll("[\\\\\r\n]", "_"));
    }
  }

  private static String savedAs(HttpResponse<byte[]> answer) {
    String header = answer.headers().firstValue("Content-Disposition").orElse("");
    return URLDecoder.decode(header.replaceFirst("^.*filename\\*=UTF-8''", ""), UTF_8);
  }

  @Test
  void a_download_can_be_a_range() throws Exception {
    byte[] file = randomBytes(10_000);
    ObjectLocation location = stored(file);

    HttpResponse<byte[]> range =
        subject().get(subject().downloadUrl(location, "f"), "Range", "bytes=1000-1999");

    assertThat(range.statusCode()).isEqualTo(206);
    assertThat(range.body()).isEqualTo(Arrays.copyOfRange(file, 1000, 2000));
  }

  @Test
  void a_download_url_is_for_one_object_only() throws Exception {
    ObjectLocation mine = stored(randomBytes(10));
    ObjectLocation other = stored(randomBytes(10));

    String url = subject().downloadUrl(mine, "f").replace(mine.key(), other.key());

    assertThat(subject().get(url).statusCode()).isEqualTo(403);
  }

  @Test
  void a_download_url_ends() throws Exception {
    ObjectLocation location = stored(randomBytes(10));
    Instant before = Instant.now().minus(Duration.ofHours(2));

    String url = subject().signer().signDownload(location, "f", before, Duration.ofMinutes(1));

    assertThat(subject().get(url).statusCode()).isEqualTo(403);
  }

  @Test
  void fewer_or_more_bytes_than_signed_are_refused() {
    Begun upload = subject().begin();
    String url = subject().partUrl(upload, 1, 1_000);

    assertRefused(upload, subject().put(url, randomBytes(999)));
    assertRefused(upload, subject().put(url, randomBytes(1_001)));
    assertRefused(upload, subject().put(url, new byte[0]));
  }

  @Test
  void bytes_whose_number_is_not_said_beforehand_are_refused() {
    Begun upload = subject().begin();
    String url = subject().partUrl(upload, 1, 1_000);

    assertRefused(upload, subject().putChunked(url, new ByteArrayInputStream(randomBytes(1_000))));
  }

  @Test
  void a_url_is_for_one_part_number_only() {
    Begun upload = subject().begin();
    String url = subject().partUrl(upload, 1, 10).replace("partNumber=1&", "partNumber=2&");

    assertRefused(upload, subject().put(url, randomBytes(10)));
  }

  @Test
  void a_url_is_for_one_upload_only() {
    Begun mine = subject().begin();
    Begun other = subject().begin(mine.location());
    String url = subject().partUrl(mine, 1, 10);
    String signature = url.substring(url.indexOf("&X-Amz-Algorithm"));
    String forOther = subject().partUrl(other, 1, 10);
    String stolen = forOther.substring(0, forOther.indexOf("&X-Amz-Algorithm")) + signature;

    assertRefused(other, subject().put(stolen, randomBytes(10)));
  }

  @Test
  void a_changed_signature_is_refused() {
    Begun upload = subject().begin();
    String url = subject().partUrl(upload, 1, 10);
    char last = url.charAt(url.length() - 1);
    String forged = url.substring(0, url.length() - 1) + (last == '0' ? '1' : '0');

    assertRefused(upload, subject().put(forged, randomBytes(10)));
  }

  @Test
  void a_longer_life_than_signed_is_refused() {
    Begun upload = subject().begin();
    String url = subject().partUrl(upload, 1, 10);
    String forged = url.replaceFirst("X-Amz-Expires=\\d+", "X-Amz-Expires=86400");

    assertThat(forged).isNotEqualTo(url);
    assertRefused(upload, subject().put(forged, randomBytes(10)));
  }

  @Test
  void a_url_whose_life_is_over_is_refused() {
    Begun upload = subject().begin();
    String url = subject().partUrl(upload, 1, 10, Instant.now().minus(Duration.ofHours(2)));

    assertRefused(upload, subject().put(url, randomBytes(10)));
  }

  @Test
  void a_url_of_an_aborted_upload_is_refused() {
    Begun upload = subject().begin();
    String url = subject().partUrl(upload, 1, 10);
    subject().store().abort(upload.location(), upload.uploadId());

    OptionalInt status = subject().put(url, randomBytes(10));

    assertThat(status.orElse(404)).isEqualTo(404);
  }

  @Test
  void a_part_s_url_takes_no_copy_of_another_object() throws Exception {
    ObjectLocation secret = stored(randomBytes(10));
    Begun upload = subject().begin();
    String url = subject().partUrl(upload, 1, 10);

    assertRefused(upload, subject().putCopyOf(secret, url, randomBytes(10)));
  }

  /** A store may answer, or close the connection on a client that is still sending. */
  private void assertRefused(Begun upload, OptionalInt status) {
    assertThat(status.orElse(403)).isBetween(400, 499);
    assertThat(subject().parts(upload)).isEmpty();
  }

  private ObjectLocation stored(byte[] bytes) {
    Begun upload = subject().begin();
    subject().send(upload, 1, bytes);
    complete(upload);
    return upload.location();
  }

  private void complete(Begun upload) {
    assertThat(
            subject()
                .store()
                .complete(upload.location(), upload.uploadId(), subject().parts(upload)))
        .isEqualTo(new CompleteOutcome.Done());
  }
}
