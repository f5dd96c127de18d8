// Reads what numpy.save writes for float32 in C order, by mapping the file.
#pragma once

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <string>

struct Npy {
  const float* data = nullptr;
  size_t rows = 0;
  size_t columns = 0;

  const float* row(size_t i) const { return data + i * columns; }

  static Npy map(const std::string& path) {
    int file = open(path.c_str(), O_RDONLY);
    if (file < 0) throw std::runtime_error(path + ": no such file");
    struct stat status {};
    fstat(file, &status);
    size_t size = static_cast<size_t>(status.st_size);
    void* mapped = size == 0 ? MAP_FAILED : mmap(nullptr, size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, file, 0);
    close(file);
    if (mapped == MAP_FAILED) throw std::runtime_error(path + ": cannot be mapped");
    return parse(path, static_cast<const char*>(mapped), size);
  }

 private:
  static Npy parse(const std::string& path, const char* bytes, size_t size) {
    if (size < 12 || std::memcmp(bytes, "\x93NUMPY", 6) != 0) throw std::runtime_error(path + ": not an npy file");
    bool wide = bytes[6] > 1;
    uint32_t length = 0;
    std::memcpy(&length, bytes + 8, wide ? 4 : 2);
    size_t start = (wide ? 12 : 10) + static_cast<size_t>(length);
    if (start > size) throw std::runtime_error(path + ": the header is cut off");
    std::string header(bytes + (wide ? 12 : 10), length);
    if (header.find("'<f4'") == std::string::npos || header.find("'fortran_order': False") == std::string::npos) {
      throw std::runtime_error(path + ": float32 in C order is needed");
    }
    size_t open = header.find('(');
    size_t comma = header.find(',', open);
    Npy npy;
    npy.rows = std::strtoull(header.c_str() + open + 1, nullptr, 10);
    npy.columns = std::strtoull(header.c_str() + comma + 1, nullptr, 10);
    if (npy.columns == 0 || size - start < npy.rows * npy.columns * sizeof(float)) {
      throw std::runtime_error(path + ": two dimensions and all their values are needed");
    }
    npy.data = reinterpret_cast<const float*>(bytes + start);
    return npy;
  }
};
