package io.waybill.validators.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.dataset.ValidationStatus;
import io.waybill.core.validation.FileInspector.Judgement;
import io.waybill.validators.Looks;
import io.waybill.validators.Sample;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

class ArchiveValidatorsTest {

  private static final ZipValidator ZIP = new ZipValidator();
  private static final GzipValidator GZIP = new GzipValidator();
  private static final ZstdValidator ZSTD = new ZstdValidator();

  @Test
  void an_archive_says_what_is_in_it() throws IOException {
    Judgement judgement = Looks.at(ZIP, zip());

    assertThat(judgement.errors()).isEmpty();
    assertThat(judgement.extracted())
        .containsEntry("names", List.of("a.txt", "b.txt"))
        .containsEntry("entries", 2L)
        .containsEntry("unpackedBytes", 2000L);
  }

  @Test
  void an_archive_that_was_cut_off_fails() throws IOException {
    byte[] zip = zip();
    for (int length : new int[] {4, 30, zip.length / 2, zip.length - 23}) {
      assertThat(Looks.at(ZIP, Arrays.copyOf(zip, length)).errors().toString()).contains("cut off");
    }
  }

  @Test
  void a_bomb_is_told() {
    Sample entry = entry(1 << 20, 0xf000_0000L, 0);
    byte[] bomb = archive(entry, 1);

    Judgement judgement = Looks.at(ZIP, bomb);

    assertThat(judgement.status()).isEqualTo(ValidationStatus.FAILED);
    assertThat(judgement.errors().toString()).contains("claims 4026531840 bytes", "a bomb");
  }

  @Test
  void entries_that_overlap_are_told() {
    Sample entries = Sample.little();
    for (int copy = 0; copy < 10; copy++) {
      entries.raw(entry(60, 600, 0).bytes());
    }

    assertThat(Looks.at(ZIP, archive(entries, 10)).errors().toString()).contains("overlap");
  }

  @Test
  void a_directory_beyond_the_file_and_entries_that_are_not_there_fail() {
    byte[] beyond =
        Sample.little().latin("PK\u0005\u0006").upTo(10).u16(1).u32(900).u32(77).u16(0).bytes();
    assertThat(Looks.at(ZIP, beyond).errors().toString()).contains("do not lie here");
    assertThat(Looks.at(ZIP, archive(entry(1, 1, 0), 60_000)).errors().toString())
        .contains("60000 entries are said and 1 are there");
  }

  @Test
  void gzip_says_how_long_its_content_was() throws IOException {
    byte[] gzip = gzip();

    Judgement judgement = Looks.at(GZIP, gzip);

    assertThat(judgement.errors()).isEmpty();
    assertThat(judgement.extracted()).containsEntry("originalBytesModulo", 5000L);
    assertThat(Looks.at(GZIP, Arrays.copyOf(gzip, 12)).status()).isEqualTo(ValidationStatus.FAILED);
    Arrays.fill(gzip, 10, gzip.length, (byte) 0xff);
    assertThat(Looks.at(GZIP, gzip).errors().toString()).contains("damaged");
  }

  @Test
  void zstd_says_how_long_its_content_was() {
    byte[] frame =
        Sample.little()
            .u32(0xFD2FB528L)
            .u8(0x60)
            .u16(1000 - 256)
            .u16(5 << 3 | 1)
            .u8(0)
            .latin("hello")
            .bytes();

    Judgement judgement = Looks.at(ZSTD, frame);

    assertThat(judgement.errors()).isEmpty();
    assertThat(judgement.extracted()).containsEntry("originalBytes", 1000L);
    assertThat(Looks.at(ZSTD, Arrays.copyOf(frame, 12)).errors().toString()).contains("cut off");
  }

  private static Sample entry(long packed, long unpacked, long local) {
    return Sample.little()
        .latin("PK\u0001\u0002")
        .upTo(20)
        .u32(packed)
        .u32(unpacked)
        .u16(1)
        .upTo(42)
        .u32(local)
        .latin("x");
  }

  private static byte[] archive(Sample entries, int count) {
    return Sample.little()
        .latin("PK\u0003\u0004")
        .upTo(100)
        .raw(entries.bytes())
        .latin("PK\u0005\u0006")
        .u32(0)
        .u16(count)
        .u16(count)
        .u32(entries.size())
        .u32(100)
        .u16(0)
        .bytes();
  }

  private static byte[] zip() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String name : List.of("a.txt", "b.txt")) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(new byte[1000]);
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] gzip() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(new byte[5000]);
    }
    return bytes.toByteArray();
  }
}
