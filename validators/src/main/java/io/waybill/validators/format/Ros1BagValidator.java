package io.waybill.validators.format;

import io.waybill.validators.reading.ByteSource;
import io.waybill.validators.reading.Bytes;
import io.waybill.validators.reading.DatasetValidator;
import io.waybill.validators.reading.Findings;
import io.waybill.validators.reading.Kind;
import io.waybill.validators.reading.Malformed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** ROS 1 bags (version 2.0): the index at their end. */
public final class Ros1BagValidator implements DatasetValidator {

  private static final String MAGIC = "#ROSBAG V2.0\n";
  private static final int LONGEST_HEADER = 64 << 10;
  private static final int CONNECTION = 7;
  private static final int CHUNK_INFO = 6;

  private static final Kind KIND =
      new Kind(
          "ros1-bag",
          "1",
          Set.of(".bag"),
          Set.of("application/x-rosbag"),
          head -> Bytes.startsWith(head, MAGIC),
          List.of("topics", "chunks", "messages", "start", "end", "durationSeconds"));

  @Override
  public Kind kind() {
    return KIND;
  }

  @Override
  public void read(ByteSource file, Findings findings) {
    if (!Bytes.startsWith(file.head(MAGIC.length()), MAGIC)) {
      throw new Malformed(0, "this is no bag: no #ROSBAG V2.0");
    }
    BagRecord header = BagRecord.at(file, MAGIC.length(), LONGEST_HEADER);
    if (header.op() != 3) {
      throw new Malformed(MAGIC.length(), "the bag does not begin with its header");
    }
    long index = header.number("index_pos");
    long connections = header.number("conn_count");
    long chunks = header.number("chunk_count");
    findings.put("chunks", chunks);
    if (index == 0) {
      throw new Malformed(MAGIC.length(), "the bag was cut off: it has no index");
    }
    if (index < header.end() || index > file.size()) {
      throw new Malformed(file.size(), "the bag was cut off: its index is said to be at " + index);
    }
    index(file, index, connections, chunks, findings);
  }

  private static void index(
      ByteSource file, long start, long connections, long chunks, Findings findings) {
    List<Map<String, Object>> topics = new ArrayList<>();
    long seenConnections = 0;
    long seenChunks = 0;
    long messages = 0;
    long first = Long.MAX_VALUE;
    long last = 0;
    for (long at = start; at < file.size(); ) {
      BagRecord record = BagRecord.at(file, at, LONGEST_HEADER);
      if (record.op() == CONNECTION) {
        seenConnections++;
        if (topics.size() < Findings.LONGEST_LIST) {
          topics.add(Map.of("topic", record.text("topic"), "type", record.dataText(file, "type")));
        }
      } else if (record.op() == CHUNK_INFO) {
        seenChunks++;
        findings.wrongIf(record.number("chunk_pos") >= start, at, "a chunk lies behind the index");
        first = Math.min(first, record.time("start_time"));
        last = Math.max(last, record.time("end_time"));
        messages += record.counted(file);
      } else {
        throw new Malformed(at, "record %d does not belong into the index".formatted(record.op()));
      }
      at = record.end();
    }
    findings.put("topics", topics);
    findings.put("messages", messages);
    if (seenChunks > 0) {
      Times.put(findings, first, last);
    }
    findings.wrongIf(
        seenConnections != connections || seenChunks != chunks,
        file.size(),
        "the bag was cut off: %d of %d connections and %d of %d chunks are in the index"
            .formatted(seenConnections, connections, seenChunks, chunks));
  }
}
