package io.waybill.agent.upload;

import io.waybill.agent.spool.FileEntry;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The sums of parts that are to be sent next. They must be known before their URLs are signed, so
 * that the bytes are read twice; the second time they are in memory still.
 */
record SumsAhead(FileEntry entry, PartLedger plan, StoreSum sum, List<Integer> parts) {

  sealed interface Found {
    record Sums(Map<Integer, String> byPart) implements Found {}

    record Unreadable(String why) implements Found {}
  }

  Found find() {
    try (FileChannel file = FileChannel.open(entry.file())) {
      Map<Integer, String> byPart = new HashMap<>();
      for (int part : parts) {
        byPart.put(part, sum.of(file, plan.offset(part), plan.length(part)));
      }
      return new Found.Sums(byPart);
    } catch (IOException e) {
      return new Found.Unreadable(FileCheck.inWords(entry.file(), e));
    }
  }
}
