package io.waybill.core.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** The CRC of a file from those of its parts. */
class CombinedCrcTest {

  @Test
  void random_bytes_in_random_pieces_have_the_sum_of_the_whole() {
    Random random = new Random(11);
    for (int round = 0; round < 300; round++) {
      byte[] bytes = new byte[random.nextInt(5000)];
      random.nextBytes(bytes);
      List<byte[]> pieces = pieces(bytes, random);
      for (ChecksumAlgorithm algorithm :
          List.of(ChecksumAlgorithm.CRC32C, ChecksumAlgorithm.CRC64NVME)) {
        assertThat(CombinedCrc.of(algorithm, parts(algorithm, pieces)))
            .as("%s of %d bytes in %d pieces", algorithm, bytes.length, pieces.size())
            .contains(sum(algorithm, bytes));
      }
    }
  }

  @Test
  void both_are_what_the_world_computes() {
    byte[] check = "123456789".getBytes(StandardCharsets.US_ASCII);
    assertThat(sum(ChecksumAlgorithm.CRC32C, check)).isEqualTo(base64(0xE306_9283L, 4));
    assertThat(sum(ChecksumAlgorithm.CRC64NVME, check))
        .isEqualTo(base64(0xAE8B_1486_0A79_9888L, 8));
  }

  @Test
  void a_piece_may_be_longer_than_anybody_could_sum() {
    for (ChecksumAlgorithm algorithm :
        List.of(ChecksumAlgorithm.CRC32C, ChecksumAlgorithm.CRC64NVME)) {
      // so many zeros, by doubling a piece of them 40 times
      String zeros = sum(algorithm, new byte[1 << 10]);
      long length = 1 << 10;
      String before = zeros;
      for (int doubled = 0; doubled < 40; doubled++) {
        before = zeros;
        zeros =
            CombinedCrc.of(
                    algorithm,
                    List.of(part(algorithm, zeros, length), part(algorithm, zeros, length)))
                .orElseThrow();
        length *= 2;
      }
      String other = sum(algorithm, "tail".getBytes(StandardCharsets.US_ASCII));
      StoredPart half = part(algorithm, before, length / 2);
      StoredPart tail = part(algorithm, other, 4);
      assertThat(CombinedCrc.of(algorithm, List.of(half, half, tail)))
          .as("a pebibyte in one piece or in two")
          .isEqualTo(CombinedCrc.of(algorithm, List.of(part(algorithm, zeros, length), tail)));
    }
  }

  @Test
  void nothing_is_said_of_what_has_no_sum_or_cannot_be_combined() {
    StoredPart bare = new StoredPart(1, "\"e\"", 10, Instant.EPOCH);
    assertThat(CombinedCrc.of(ChecksumAlgorithm.CRC32C, List.of(bare))).isEmpty();
    assertThat(CombinedCrc.of(ChecksumAlgorithm.CRC32C, List.of())).isEmpty();
    assertThat(
            CombinedCrc.of(
                ChecksumAlgorithm.CRC64NVME, List.of(part(ChecksumAlgorithm.CRC64NVME, "AAAA", 1))))
        .as("no sum of that kind")
        .isEmpty();
    assertThat(
            CombinedCrc.of(
                ChecksumAlgorithm.SHA256,
                List.of(part(ChecksumAlgorithm.SHA256, "A".repeat(43) + "=", 1))))
        .isEmpty();
  }

  private static List<byte[]> pieces(byte[] bytes, Random random) {
    List<byte[]> pieces = new ArrayList<>();
    int from = 0;
    while (from < bytes.length || pieces.isEmpty()) {
      int length = Math.min(bytes.length - from, random.nextInt(4) == 0 ? 0 : random.nextInt(1500));
      pieces.add(Arrays.copyOfRange(bytes, from, from + length));
      from += length;
    }
    return pieces;
  }

  private static List<StoredPart> parts(ChecksumAlgorithm algorithm, List<byte[]> pieces) {
    return pieces.stream()
        .map(piece -> part(algorithm, sum(algorithm, piece), piece.length))
        .toList();
  }

  private static StoredPart part(ChecksumAlgorithm algorithm, String sum, long length) {
    return new StoredPart(1, "\"e\"", length, Instant.EPOCH, Map.of(algorithm, sum));
  }

  private static String sum(ChecksumAlgorithm algorithm, byte[] bytes) {
    return algorithm == ChecksumAlgorithm.CRC32C
        ? base64(crc32c(bytes), 4)
        : base64(crc64nvme(bytes), 8);
  }

  private static long crc32c(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return crc.getValue();
  }

  private static long crc64nvme(byte[] bytes) {
    long crc = -1;
    for (byte octet : bytes) {
      crc ^= octet & 0xff;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc >>> 1) ^ ((crc & 1) == 0 ? 0 : 0x9A6C_9329_AC4B_C9B5L);
      }
    }
    return ~crc;
  }

  private static String base64(long sum, int octets) {
    byte[] eight = ByteBuffer.allocate(8).putLong(sum).array();
    return Base64.getEncoder().encodeToString(Arrays.copyOfRange(eight, 8 - octets, 8));
  }
}
