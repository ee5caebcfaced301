package io.waybill.validators.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.validation.FileInspector.Judgement;
import io.waybill.validators.Looks;
import io.waybill.validators.Sample;
import io.waybill.validators.reading.DatasetValidator;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MediaValidatorsTest {

  private static final String PNG = "\u0089PNG\r\n\u001a\n";
  private static final String IEND = "\0\0\0\0IEND\u00aeB`\u0082";

  @Test
  void images_say_how_large_they_are() {
    assertSize(new PngValidator(), png());
    assertSize(new JpegValidator(), jpeg());
    assertSize(new TiffValidator(), tiff(0));
  }

  @Test
  void images_that_were_cut_off_fail() {
    assertThat(cut(new PngValidator(), png(), 1)).contains("no IEND");
    assertThat(cut(new JpegValidator(), jpeg(), 2)).contains("no EOI");
    assertThat(cut(new TiffValidator(), tiff(0), 6)).contains("are expected");
  }

  @Test
  void directories_that_go_round_in_a_circle_are_read_once() {
    assertThat(Looks.at(new TiffValidator(), tiff(8)).errors().toString()).contains("circle");
  }

  @Test
  void sound_says_how_long_it_is_and_that_some_is_missing() {
    byte[] wav =
        Sample.little()
            .latin("RIFF")
            .u32(36 + 8000)
            .latin("WAVEfmt ")
            .u32(16)
            .u16(1)
            .u16(1)
            .u32(8000)
            .u32(8000)
            .u16(1)
            .u16(8)
            .latin("data")
            .u32(8000)
            .upTo(8044)
            .bytes();

    Judgement judgement = Looks.at(new WavValidator(), wav);

    assertThat(judgement.errors()).isEmpty();
    assertThat(judgement.extracted())
        .containsEntry("durationSeconds", 1.0)
        .containsEntry("sampleRate", 8000L);
    assertThat(cut(new WavValidator(), wav, 100)).contains("cut off");
  }

  @Test
  void a_film_says_its_tracks() {
    Judgement judgement = Looks.at(new Mp4Validator(), film());

    assertThat(judgement.errors()).isEmpty();
    assertThat(judgement.extracted())
        .containsEntry("brand", "isom")
        .containsEntry("durationSeconds", 2.5);
    assertThat(judgement.extracted().get("tracks"))
        .asString()
        .contains("kind=vide", "codec=avc1", "width=640", "height=480");
  }

  @Test
  void a_film_without_moov_was_cut_off() {
    byte[] file = Sample.big().raw(ftyp()).u32(16).latin("mdat").u64(0).bytes();

    assertThat(Looks.at(new Mp4Validator(), file).errors().toString()).contains("no moov");
    assertThat(cut(new Mp4Validator(), film(), 1)).contains("does not fit");
  }

  @Test
  void boxes_of_no_length_do_not_stop_the_reader() {
    byte[] file = Sample.big().raw(ftyp()).u32(1).latin("moov").u64(0).bytes();

    assertThat(Looks.at(new Mp4Validator(), file).errors().toString()).contains("does not fit");
  }

  private static void assertSize(DatasetValidator reader, byte[] image) {
    Judgement judgement = Looks.at(reader, image);
    assertThat(judgement.errors()).isEmpty();
    assertThat(judgement.extracted()).containsEntry("width", 640L).containsEntry("height", 480L);
  }

  private static String cut(DatasetValidator reader, byte[] file, int missing) {
    return Looks.at(reader, Arrays.copyOf(file, file.length - missing)).errors().toString();
  }

  private static byte[] png() {
    Sample png = Sample.big().latin(PNG).u32(13).latin("IHDR").u32(640).u32(480);
    return png.u8(8).u8(2).u8(0).u8(0).u8(0).u32(0).latin(IEND).bytes();
  }

  private static byte[] jpeg() {
    Sample jpeg = Sample.big().u16(0xffd8).u16(0xffe0).u16(16).upTo(20);
    jpeg.u16(0xffc0).u16(17).u8(8).u16(480).u16(640).u8(3).upTo(39);
    return jpeg.u16(0xffda).u16(2).u16(0).u16(0xffd9).bytes();
  }

  private static byte[] tiff(int next) {
    Sample tiff = Sample.little().latin("II").u16(42).u32(8).u16(2);
    tiff.u16(256).u16(3).u32(1).u16(640).u16(0);
    return tiff.u16(257).u16(4).u32(1).u32(480).u32(next).bytes();
  }

  private static byte[] film() {
    byte[] mvhd = box("mvhd", Sample.big().u32(0).u64(0).u32(1000).u32(2500).bytes());
    byte[] hdlr = box("hdlr", Sample.big().u64(0).latin("vide").u64(0).bytes());
    Sample sizes = Sample.big().u64(1).u32(86).latin("avc1").upTo(40).u16(640).u16(480).upTo(94);
    byte[] stbl = box("stbl", box("stsd", sizes.bytes()));
    byte[] minf = box("minf", stbl);
    byte[] mdia = box("mdia", Sample.big().raw(hdlr).raw(minf).bytes());
    byte[] moov = box("moov", Sample.big().raw(mvhd).raw(box("trak", mdia)).bytes());
    return Sample.big().raw(ftyp()).raw(moov).bytes();
  }

  private static byte[] ftyp() {
    return box("ftyp", Sample.big().latin("isom").u32(0).bytes());
  }

  private static byte[] box(String type, byte[] body) {
    return Sample.big().u32(8 + body.length).latin(type).raw(body).bytes();
  }
}
