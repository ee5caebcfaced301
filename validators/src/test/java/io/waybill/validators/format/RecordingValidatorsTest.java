package io.waybill.validators.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.validation.FileInspector.Judgement;
import io.waybill.validators.Looks;
import io.waybill.validators.Sample;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordingValidatorsTest {

  private static final Ros1BagValidator BAG = new Ros1BagValidator();
  private static final Hdf5Validator HDF5 = new Hdf5Validator();
  private static final PcdValidator PCD = new PcdValidator();
  private static final LasValidator LAS = new LasValidator();

  @Test
  void a_bag_says_its_topics() {
    Judgement judgement = Looks.at(BAG, bag(true));

    assertThat(judgement.errors()).isEmpty();
    assertThat(judgement.extracted())
        .containsEntry("messages", 7L)
        .containsEntry("durationSeconds", 2.0);
    assertThat(judgement.extracted().get("topics")).asString().contains("/scan", "LaserScan");
  }

  @Test
  void a_bag_without_its_index_was_cut_off() {
    byte[] bag = bag(true);

    assertThat(Looks.at(BAG, bag(false)).errors().toString()).contains("it has no index");
    for (int missing : new int[] {1, 40, bag.length - 150, bag.length - 20}) {
      assertThat(Looks.at(BAG, Arrays.copyOf(bag, bag.length - missing)).errors())
          .as("%d bytes missing", missing)
          .isNotEmpty();
    }
  }

  @Test
  void an_hdf5_file_says_the_names_in_its_root() {
    byte[] file = hdf5(false);

    Judgement judgement = Looks.at(HDF5, file);

    assertThat(judgement.errors()).isEmpty();
    assertThat(judgement.extracted()).containsEntry("names", List.of("poses"));
    assertThat(Looks.at(HDF5, Arrays.copyOf(file, file.length - 1)).errors().toString())
        .contains("cut off");
  }

  @Test
  void nodes_that_go_round_in_a_circle_are_read_once() {
    assertThat(Looks.at(HDF5, hdf5(true)).errors().toString()).contains("circle");
  }

  @Test
  void point_clouds_say_how_many_points_they_hold_and_that_some_are_missing() {
    byte[] pcd =
        Sample.little()
            .latin("# .PCD v0.7\nFIELDS x y\nSIZE 4 4\nTYPE F F\nCOUNT 1 1\nWIDTH 10\nHEIGHT 1\n")
            .latin("POINTS 10\nDATA binary\n")
            .raw(new byte[80])
            .bytes();
    byte[] las = las();

    assertThat(Looks.at(PCD, pcd).errors()).isEmpty();
    assertThat(Looks.at(PCD, pcd).extracted()).containsEntry("fields", List.of("x", "y"));
    assertThat(Looks.at(PCD, Arrays.copyOf(pcd, pcd.length - 1)).errors().toString())
        .contains("cut off");
    assertThat(Looks.at(LAS, las).errors()).isEmpty();
    assertThat(Looks.at(LAS, las).extracted()).containsEntry("points", 5L);
    assertThat(Looks.at(LAS, Arrays.copyOf(las, las.length - 1)).errors().toString())
        .contains("cut off");
  }

  private static byte[] las() {
    Sample las = Sample.little().latin("LASF").upTo(24).u8(1).u8(2).upTo(94).u16(227).u32(227);
    return las.u32(0).u8(0).u16(20).u32(5).upTo(227 + 100).bytes();
  }

  private static byte[] bag(boolean hasIndex) {
    String magic = "#ROSBAG V2.0\n";
    int index = magic.length() + 4 + 69 + 4 + 10;
    Sample header =
        Sample.little()
            .raw(field("op", Sample.little().u8(3)))
            .raw(field("index_pos", Sample.little().u64(hasIndex ? index : 0)))
            .raw(field("conn_count", Sample.little().u32(1)))
            .raw(field("chunk_count", Sample.little().u32(1)));
    Sample bag = Sample.little().latin(magic).raw(record(header, new byte[10]));
    assertThat(bag.size()).isEqualTo(index);
    Sample connection =
        Sample.little()
            .raw(field("op", Sample.little().u8(7)))
            .raw(field("topic", Sample.little().latin("/scan")));
    Sample chunk =
        Sample.little()
            .raw(field("op", Sample.little().u8(6)))
            .raw(field("chunk_pos", Sample.little().u64(20)))
            .raw(field("start_time", Sample.little().u32(100).u32(0)))
            .raw(field("end_time", Sample.little().u32(102).u32(0)));
    byte[] type = field("type", Sample.little().latin("sensor_msgs/LaserScan"));
    bag.raw(record(connection, type));
    return bag.raw(record(chunk, Sample.little().u32(0).u32(7).bytes())).bytes();
  }

  private static byte[] record(Sample header, byte[] data) {
    return Sample.little()
        .u32(header.size())
        .raw(header.bytes())
        .u32(data.length)
        .raw(data)
        .bytes();
  }

  private static byte[] field(String name, Sample value) {
    return Sample.little()
        .u32(name.length() + 1L + value.size())
        .latin(name + "=")
        .raw(value.bytes())
        .bytes();
  }

  /** Superblock 0, a tree at 96, a node of symbols at 200, a heap at 300. */
  private static byte[] hdf5(boolean isCircle) {
    Sample file = Sample.little().latin("\u0089HDF\r\n\u001a\n").u32(0).u8(0).u8(8).u8(8).u8(0);
    file.u16(4).u16(16).u32(0).u64(0).u64(-1).u64(400).u64(-1);
    file.u64(0).u64(96).u32(1).u32(0).u64(96).u64(300);
    file.upTo(96).latin("TREE").u8(0).u8(0).u16(1).u64(-1).u64(-1).u64(0).u64(isCircle ? 96 : 200);
    file.upTo(200).latin("SNOD").u8(1).u8(0).u16(1).u64(8);
    file.upTo(300).latin("HEAP").u32(0).u64(60).u64(-1).u64(340);
    return file.upTo(348).latin("poses").upTo(400).bytes();
  }
}
