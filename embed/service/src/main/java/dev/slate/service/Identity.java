package dev.slate.service;

import io.helidon.http.encoding.ContentDecoder;
import io.helidon.http.encoding.ContentEncoder;
import io.helidon.http.encoding.ContentEncoding;
import java.util.Set;

/**
 * A body as it is, which some clients name as its coding. A server without any coding refuses that
 * header; with this one it refuses the others.
 */
final class Identity implements ContentEncoding {
  @Override
  public Set<String> ids() {
    return Set.of(name());
  }

  @Override
  public boolean supportsEncoding() {
    return false;
  }

  @Override
  public boolean supportsDecoding() {
    return true;
  }

  @Override
  public ContentDecoder decoder() {
    return ContentDecoder.NO_OP;
  }

  @Override
  public ContentEncoder encoder() {
    return ContentEncoder.NO_OP;
  }

  @Override
  public String name() {
    return "identity";
  }

  @Override
  public String type() {
    return name();
  }
}
