package io.waybill.validators.format;

import io.waybill.validators.reading.Fields;
import io.waybill.validators.reading.Findings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The records of an MCAP's summary, one after the other. */
final class McapSummary {

  static final int SCHEMA = 0x03;
  static final int CHANNEL = 0x04;
  static final int CHUNK_INDEX = 0x08;
  static final int STATISTICS = 0x0B;
  private static final int MOST_CHANNELS = 1 << 16;
  private static final int LONGEST_NAME = 256;

  private final Findings findings;
  private final Map<Integer, String> schemas = new LinkedHashMap<>();
  private final List<Channel> channels = new ArrayList<>();
  private final Map<Integer, Long> counts = new HashMap<>();
  private long channelsSeen;
  private long channelsClaimed = -1;
  private long chunks;
  private long lastStart;
  private long lastEnd;
  private long chunksOutOfOrder;
  private long largestGap;
  private long duration;

  private record Channel(int id, int schema, String topic, String encoding) {}

  McapSummary(Findings findings) {
    this.findings = findings;
  }

  static boolean reads(int opcode) {
    return opcode == SCHEMA || opcode == CHANNEL || opcode == CHUNK_INDEX || opcode == STATISTICS;
  }

  void record(int opcode, Fields body, long summaryStart) {
    switch (opcode) {
      case SCHEMA -> schema(body);
      case CHANNEL -> channel(body);
      case CHUNK_INDEX -> chunk(body, summaryStart);
      default -> statistics(body);
    }
  }

  private void schema(Fields body) {
    int id = body.u16();
    String name = body.text(body.u32());
    if (schemas.size() < Findings.LONGEST_LIST) {
      schemas.put(id, cut(name));
    }
  }

  private void channel(Fields body) {
    Channel channel =
        new Channel(body.u16(), body.u16(), cut(body.text(body.u32())), cut(body.text(body.u32())));
    channelsSeen++;
    if (channels.size() <= Findings.LONGEST_LIST) {
      channels.add(channel);
    }
  }

  private void chunk(Fields body, long summaryStart) {
    long at = body.at();
    long start = body.u64();
    long end = body.u64();
    long offset = body.u64();
    long length = body.u64();
    findings.wrongIf(
        offset > summaryStart || length > summaryStart - offset,
        at,
        "a chunk of %d bytes at %d does not lie before the summary".formatted(length, offset));
    findings.wrongIf(end < start, at, "a chunk ends before it begins");
    if (chunks++ > 0) {
      chunksOutOfOrder += start < lastStart ? 1 : 0;
      largestGap = Math.max(largestGap, start - lastEnd);
    }
    lastStart = start;
    lastEnd = Math.max(lastEnd, end);
  }

  private void statistics(Fields body) {
    long at = body.at();
    findings.put("messages", body.u64());
    body.skip(2);
    channelsClaimed = body.u32();
    findings.wrongIf(
        channelsClaimed > MOST_CHANNELS, at, "claims %d channels".formatted(channelsClaimed));
    body.skip(12);
    long start = body.u64();
    long end = body.u64();
    findings.wrongIf(end < start, at, "the recording ends before it begins");
    Times.put(findings, start, end);
    duration = Math.max(0, end - start);
    Fields counted = body.part(body.u32());
    while (counted.hasMore()) {
      counts.put(counted.u16(), counted.u64());
    }
  }

  /** All records are read. */
  void finish(long end) {
    findings.put("topics", channels.stream().map(this::topic).toList());
    findings.put("schemas", List.copyOf(schemas.values()));
    findings.put("chunks", chunks);
    findings.put("chunksOutOfOrder", chunksOutOfOrder);
    findings.put("largestGapSeconds", Times.seconds(largestGap));
    findings.wrongIf(
        channelsSeen > 0 && channelsClaimed >= 0 && channelsSeen != channelsClaimed,
        end,
        "the summary holds %d channels and claims %d".formatted(channelsSeen, channelsClaimed));
  }

  private Map<String, Object> topic(Channel channel) {
    Map<String, Object> topic = new LinkedHashMap<>();
    topic.put("topic", channel.topic());
    topic.put("encoding", channel.encoding());
    String schema = schemas.get(channel.schema());
    if (schema != null) {
      topic.put("schema", schema);
    }
    Long messages = counts.get(channel.id());
    if (messages != null) {
      topic.put("messages", messages);
      if (duration > 0) {
        topic.put("hertz", Math.round(messages * 1e12 / duration) / 1e3);
      }
    }
    return topic;
  }

  private static String cut(String name) {
    return name.substring(0, Math.min(name.length(), LONGEST_NAME));
  }
}
