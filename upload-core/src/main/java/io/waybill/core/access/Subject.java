package io.waybill.core.access;

import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/** Who something can be granted to. */
public record Subject(SubjectKind kind, UUID id) {

  /** Kinds by their words: {@code user}, {@code group}, {@code device}, {@code api_key}. */
  public static final Map<String, SubjectKind> WORDS = words();

  private static Map<String, SubjectKind> words() {
    Map<String, SubjectKind> words = new TreeMap<>();
    Stream.of(SubjectKind.values()).forEach(kind -> words.put(kind.code(), kind));
    return Map.copyOf(words);
  }

  public String word() {
    return kind.code();
  }
}
