package io.waybill.agent.upload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class Crc32cSumsTest {

  private static int sum(byte[] bytes, int from, int to) {
    CRC32C sum = new CRC32C();
    sum.update(bytes, from, to - from);
    return (int) sum.getValue();
  }

  @Test
  void sums_of_pieces_of_any_length_join_to_the_sum_of_the_whole() {
    Random random = new Random(17);
    byte[] bytes = new byte[100_000];
    random.nextBytes(bytes);
    for (int n = 0; n < 300; n++) {
      int whole = 0;
      int at = 0;
      while (at < bytes.length) {
        int to = Math.min(bytes.length, at + 1 + random.nextInt(1 << random.nextInt(1, 17)));
        whole = Crc32cSums.joined(whole, sum(bytes, at, to), to - at);
        at = to;
      }
      assertThat(whole).isEqualTo(sum(bytes, 0, bytes.length));
    }
  }

  @Test
  void a_piece_may_be_longer_than_an_int() {
    long zeros = 5L << 30;
    int one = sum(new byte[1 << 20], 0, 1 << 20);
    int whole = 0;
    for (long n = 0; n < zeros >> 20; n++) {
      whole = Crc32cSums.joined(whole, one, 1 << 20);
    }
    int tail = sum(new byte[] {1, 2, 3}, 0, 3);
    int head = sum(new byte[] {9}, 0, 1);
    assertThat(Crc32cSums.joined(Crc32cSums.joined(head, whole, zeros), tail, 3))
        .isEqualTo(Crc32cSums.joined(head, Crc32cSums.joined(whole, tail, 3), zeros + 3));
  }
}
