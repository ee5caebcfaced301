package io.waybill.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.core.ErrorCode;
import io.waybill.core.storage.ChecksumAlgorithm;
import io.waybill.core.storage.ChecksumMode;
import io.waybill.core.storage.EncryptionMode;
import io.waybill.core.storage.ObjectLocation;
import io.waybill.core.storage.ObjectLockMode;
import io.waybill.core.storage.ObjectStore.NewUpload;
import io.waybill.core.storage.Protection;
import io.waybill.core.storage.StoredPart;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a store is told of how an object is to be guarded, and what it tells of sums. */
class GuardingTest {
  private static final ObjectLocation AT = new ObjectLocation("local", "robot-data", "a");
  private static final Protection ALL =
      new Protection(
          ChecksumMode.STORAGE_NATIVE_SHA256,
          EncryptionMode.SSE_KMS,
          "line-3",
          ObjectLockMode.COMPLIANCE,
          30,
          true);

  @Test
  void the_usual_upload_is_asked_for_as_ever() {
    assertThat(Guarding.headers(new NewUpload(AT, "video/mp4"), Map.of())).isEmpty();
  }

  @Test
  void every_guard_is_a_header() {
    NewUpload upload =
        new NewUpload(AT, "video/mp4", ALL, Instant.parse("2026-12-24T08:00:00.123Z"));

    assertThat(Guarding.headers(upload, Map.of("line-3", "arn:aws:kms:key/a")))
        .isEqualTo(
            Map.of(
                "x-amz-checksum-algorithm", "SHA256",
                "x-amz-server-side-encryption", "aws:kms",
                "x-amz-server-side-encryption-aws-kms-key-id", "arn:aws:kms:key/a",
                "x-amz-object-lock-mode", "COMPLIANCE",
                "x-amz-object-lock-retain-until-date", "2026-12-24T08:00:00Z",
                "x-amz-object-lock-legal-hold", "ON"));
  }

  @Test
  void a_key_that_is_configured_no_more_is_no_reason_to_store_without_it() {
    NewUpload upload = new NewUpload(AT, "video/mp4", ALL, Instant.EPOCH);

    assertThatThrownBy(() -> Guarding.headers(upload, Map.of()))
        .isInstanceOfSatisfying(
            StorageFault.class,
            fault ->
                assertThat(fault.outage("create").code())
                    .isEqualTo(ErrorCode.STORAGE_KMS_UNAVAILABLE));
  }

  @Test
  void a_key_out_of_reach_is_said_by_a_code_of_its_own() {
    StorageFault fault = StorageFault.answered(400, "KMS.DisabledException", "the key is off");

    assertThat(fault.outage("create").code()).isEqualTo(ErrorCode.STORAGE_KMS_UNAVAILABLE);
    assertThat(fault.outage("create").isRefusal()).isTrue();
    assertThat(fault.kind()).isEqualTo(StorageFault.Kind.DENIED);
  }

  @Test
  void sums_of_a_list_go_back_with_the_completion() {
    String list =
        "<ListPartsResult><UploadId>u</UploadId><Part><PartNumber>1</PartNumber><ETag>e</ETag>"
            + "<Size>5</Size><ChecksumCRC32C>QFM8pg==</ChecksumCRC32C></Part></ListPartsResult>";
    var page =
        S3Xml.page(S3Xml.read(new ByteArrayInputStream(list.getBytes(StandardCharsets.UTF_8))));
    Map<ChecksumAlgorithm, String> sums = page.parts().getFirst().sums();

    assertThat(sums).isEqualTo(Map.of(ChecksumAlgorithm.CRC32C, "QFM8pg=="));
    assertThat(S3Xml.completion(List.of(new StoredPart(1, "e", 5, Instant.EPOCH, sums))))
        .contains("<PartNumber>1</PartNumber><ChecksumCRC32C>QFM8pg==</ChecksumCRC32C></Part>");
  }
}
