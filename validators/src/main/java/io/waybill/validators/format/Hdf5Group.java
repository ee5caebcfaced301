package io.waybill.validators.format;

import io.waybill.validators.reading.ByteSource;
import io.waybill.validators.reading.Bytes;
import io.waybill.validators.reading.Fields;
import io.waybill.validators.reading.Findings;
import io.waybill.validators.reading.Malformed;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The names in a group of the old kind: a tree of nodes of symbols, and a heap of their names. */
final class Hdf5Group {

  private static final int MOST_NODES = 64;
  private static final int MOST_ENTRIES = 4096;
  private static final int LONGEST_NAME = 256;

  private final ByteSource file;
  private final long base;
  private final int width;
  private final List<String> names = new ArrayList<>();

  Hdf5Group(ByteSource file, long base, int width) {
    this.file = file;
    this.base = base;
    this.width = width;
  }

  List<String> names(long tree, long heap) {
    Fields head = node(heap, "HEAP", 8 + 3 * width).skip(4 + 2L * width);
    long texts = head.unsigned(width);
    Deque<Long> open = new ArrayDeque<>(List.of(tree));
    Set<Long> seen = new HashSet<>();
    while (!open.isEmpty() && names.size() < Findings.LONGEST_LIST) {
      long next = open.pop();
      if (!seen.add(next)) {
        throw new Malformed(clamp(next), "the nodes of a group go round in a circle");
      }
      if (seen.size() > MOST_NODES) {
        break;
      }
      visit(next, texts, open);
    }
    return names;
  }

  private void visit(long at, long texts, Deque<Long> open) {
    if (Bytes.startsWith(file.read(place(at), 4), "SNOD")) {
      symbols(at, texts);
      return;
    }
    Fields tree = node(at, "TREE", 8 + 2 * width);
    tree.skip(2);
    int children = tree.u16();
    if (children > MOST_ENTRIES) {
      throw new Malformed(place(at), "a node of %d children".formatted(children));
    }
    Fields keys = file.little(place(at) + 8 + 2L * width, (2 * children + 1) * width);
    for (int child = 0; child < children; child++) {
      open.push(keys.skip(width).unsigned(width));
    }
  }

  private void symbols(long at, long texts) {
    int count = node(at, "SNOD", 8).skip(2).u16();
    if (count > MOST_ENTRIES) {
      throw new Malformed(place(at), "a node of %d symbols".formatted(count));
    }
    int entry = 2 * width + 24;
    Fields entries = file.little(place(at) + 8, count * entry);
    for (int symbol = 0; symbol < count && names.size() < Findings.LONGEST_LIST; symbol++) {
      Fields fields = entries.part(entry);
      names.add(name(place(texts), fields.unsigned(width)));
    }
  }

  private String name(long texts, long offset) {
    if (!file.holds(texts, 1) || offset >= file.size() - texts) {
      throw new Malformed(texts, "a name at %d of the heap".formatted(offset));
    }
    long at = texts + offset;
    int length = (int) Math.min(LONGEST_NAME, file.size() - at);
    return file.little(at, length).paddedText(length);
  }

  private Fields node(long at, String magic, int length) {
    Fields node = file.little(place(at), length);
    if (!Bytes.startsWith(node.raw(4), magic)) {
      throw new Malformed(place(at), "there is no " + magic + " here");
    }
    return node;
  }

  private long place(long address) {
    if (!file.holds(base, 0) || !file.holds(address, 0) || !file.holds(base + address, 1)) {
      throw new Malformed(clamp(address), "the address lies outside of the file");
    }
    return base + address;
  }

  private long clamp(long address) {
    return Math.clamp(address, 0, file.size());
  }
}
