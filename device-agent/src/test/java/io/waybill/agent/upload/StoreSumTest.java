package io.waybill.agent.upload;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sums that stores check, over slices of a file. */
class StoreSumTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "CRC32C, QFM8pg==",
    "CRC64NVME, QIGL9PkSsaE=",
    "SHA256, zjMDvKDazoEN2+c7mzPZJ9czTR77KK+DegBtY5QkdRw="
  })
  void a_slice_has_the_sum_that_stores_have_of_it(StoreSum sum, String expected)
      throws IOException {
    Path file = directory.resolve("a");
    Files.write(file, "the waybill of".getBytes(US_ASCII));
    try (FileChannel channel = FileChannel.open(file)) {
      assertThat(sum.of(channel, 4, 7)).isEqualTo(expected);
      assertThatThrownBy(() -> sum.of(channel, 10, 7)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void eight_bytes_at_a_time_come_to_what_one_at_a_time_come_to() {
    byte[] bytes = new byte[1003];
    new Random(17).nextBytes(bytes);
    Crc64Nvme quick = new Crc64Nvme();
    Crc64Nvme slow = new Crc64Nvme();
    quick.update(bytes, 0, 7);
    quick.update(bytes, 7, bytes.length - 7);
    for (byte each : bytes) {
      slow.update(each);
    }
    assertThat(quick.getValue()).isEqualTo(slow.getValue());

    quick.reset();
    quick.update("123456789".getBytes(US_ASCII));
    assertThat(quick.getValue()).isEqualTo(0xAE8B14860A799888L); // the check of its catalogue
  }

  @Test
  void a_sum_of_tomorrow_is_none_of_ours() {
    assertThat(StoreSum.named("SHA512")).isNull();
    assertThat(StoreSum.named("CRC32C")).isEqualTo(StoreSum.CRC32C);
  }
}
