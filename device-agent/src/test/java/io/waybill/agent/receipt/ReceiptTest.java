package io.waybill.agent.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.agent.config.Key;
import io.waybill.agent.config.Settings;
import io.waybill.agent.spool.FileEntry;
import io.waybill.agent.spool.FileStamp;
import io.waybill.agent.spool.FileState;
import io.waybill.agent.spool.Manifest;
import io.waybill.agent.spool.ServerSide;
import io.waybill.agent.testing.TestReceipts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a receipt must be before a local file may go. */
class ReceiptTest {

  private static final String SESSION = "0190a000-0000-7000-8000-0000000000aa";
  private static final String OBJECT = "0190a000-0000-7000-8000-0000000000bb";
  private static final int PART = 1_000;

  @TempDir Path directory;
  private final TestReceipts installation = new TestReceipts();
  private final byte[] bytes = new byte[3 * PART + 7];
  private Path file = Path.of("");

  @BeforeEach
  void aFile() throws IOException {
    new Random(17).nextBytes(bytes);
    file = Files.write(directory.resolve("run.mcap"), bytes);
  }

  private static PinnedKeys pinned(String... keys) {
    return PinnedKeys.of(
        Settings.ofEnvironment(
            Map.of(Key.RECEIPT_KEYS.env(), "[" + String.join(", ", keys) + "]")));
  }

  private FileEntry entry(@Nullable String receipt) throws IOException {
    return FileEntry.planned(file.toString(), "run.mcap", FileStamp.of(file), null)
        .opened(new ServerSide(OBJECT, SESSION, null, "b", "k", PART, 4, null))
        .withReceipt(receipt)
        .ended(FileState.DONE, null);
  }

  private Receipt.Worth worth(@Nullable String receipt, PinnedKeys keys) throws IOException {
    FileEntry entry = entry(receipt);
    Manifest.Owner owner =
        new Manifest.Owner(
            "0190a000-0000-7000-8000-000000000001",
            "0190a000-0000-7000-8000-000000000017",
            "0190a000-0000-7000-8000-000000000002");
    return Receipt.of(
        entry, Manifest.planned("u", owner, "run", Instant.EPOCH, List.of(entry)), keys);
  }

  private String why(@Nullable String receipt) throws IOException {
    return worth(receipt, pinned(installation.x())) instanceof Receipt.Unproven(String why)
        ? why
        : "";
  }

  private @Nullable String difference(String sums) throws IOException {
    String jws = installation.of(SESSION, bytes.length, "storage", sums);
    return worth(jws, pinned(installation.x())) instanceof Receipt.Proven(Receipt receipt)
        ? LocalProof.against(receipt, entry(jws))
        : "unproven";
  }

  @Test
  void one_that_storage_stands_for_is_proven() throws IOException {
    assertThat(why(installation.of(SESSION, bytes))).isEmpty();
  }

  @Test
  void anything_else_is_not_and_says_why() throws IOException {
    String good = installation.of(SESSION, bytes);
    String other = new TestReceipts().of(SESSION, bytes);

    assertThat(why(null)).contains("gave no receipt");
    assertThat(why("x.y")).contains("is none");
    assertThat(why("x.y.z")).contains("cannot be read");
    assertThat(why(other)).contains("not pinned");
    assertThat(why(forged(good))).contains("does not verify");
    assertThat(why(installation.of(OBJECT, bytes))).contains("another upload");
    assertThat(why(installation.of(SESSION, 5, "storage", ""))).contains("about 5 bytes");
    assertThat(why(installation.of(SESSION, bytes.length, "client_reported", "")))
        .contains("nobody has verified");
    assertThat(why(installation.of(SESSION, bytes.length, "none", ""))).contains("nobody");
  }

  /** Claims of another receipt under this one's signature. */
  private String forged(String good) {
    List<String> parts = List.of(good.split("\\.", -1));
    String more = installation.of(SESSION, bytes.length, "server", "");
    return parts.get(0) + "." + more.split("\\.", -1)[1] + "." + parts.get(2);
  }

  @Test
  void an_issuer_that_is_configured_must_be_its_own() throws IOException {
    PinnedKeys keys =
        PinnedKeys.of(
            Settings.ofEnvironment(
                Map.of(
                    Key.RECEIPT_KEYS.env(), installation.x(), Key.RECEIPT_ISSUER.env(), "acme")));

    assertThat(worth(installation.of(SESSION, bytes), keys)).isInstanceOf(Receipt.Unproven.class);
  }

  @Test
  void the_file_is_compared_with_whatever_sum_the_receipt_has() throws Exception {
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    String whole = Base64.getEncoder().encodeToString(sha256.digest(bytes));
    MessageDigest all = MessageDigest.getInstance("SHA-256");
    for (int from = 0; from < bytes.length; from += PART) {
      all.update(
          sha256.digest(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + PART))));
    }
    String ofParts = Base64.getEncoder().encodeToString(all.digest()) + "-4";
    String hex = HexFormat.of().formatHex(sha256.digest(bytes));

    assertThat(difference("\"combined\":{\"crc32c\":\"" + TestReceipts.crc32c(bytes) + "\"}"))
        .isNull();
    assertThat(difference("\"combined\":{\"crc32c\":\"AAAAAA==\"}")).contains("not those");
    assertThat(difference("\"storage\":{\"sha256\":\"" + whole + "\"}")).isNull();
    assertThat(difference("\"storage\":{\"sha256\":\"" + ofParts + "\"}")).isNull();
    assertThat(difference("\"storage\":{\"sha256\":\"x-4\"}")).contains("not those");
    assertThat(difference("\"client_reported\":{\"sha256\":\"" + hex + "\"}")).isNull();
    assertThat(difference("\"storage\":{\"crc32c\":\"AAAAAA==-4\"}")).contains("no sum");
  }

  @Test
  void a_file_that_is_another_one_by_now_is_not_what_is_stored() throws IOException {
    String sums = "\"combined\":{\"crc32c\":\"" + TestReceipts.crc32c(bytes) + "\"}";
    bytes[5]++;
    Files.write(file, bytes);

    assertThat(difference(sums)).contains("not those");
  }

  @Test
  void a_key_can_be_a_pem_file_and_must_be_a_key() throws IOException {
    byte[] raw = Base64.getUrlDecoder().decode(installation.x());
    byte[] der =
        HexFormat.of().parseHex("302a300506032b6570032100" + HexFormat.of().formatHex(raw));
    Path pem = directory.resolve("key.pem");
    Files.writeString(
        pem,
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getEncoder().encodeToString(der)
            + "\n-----END PUBLIC KEY-----\n");

    assertThat(worth(installation.of(SESSION, bytes), pinned(pem.toString())))
        .isInstanceOf(Receipt.Proven.class);
    assertThatThrownBy(() -> pinned("AAAA"))
        .hasMessageContaining("WAYBILL_AGENT_RECEIPT_KEYS is the x of a key");
    assertThatThrownBy(() -> pinned(file.toString())).hasMessageContaining("RECEIPT_KEYS");
  }
}
