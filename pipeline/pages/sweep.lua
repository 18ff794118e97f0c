-- sweep: the loops of sweep.py in machine code; what they write is said there. See luajit.py.

local ffi = require("ffi")

ffi.cdef [[
typedef struct { float a, b, c, d, e, f; } Matrix;
typedef struct { float left, top, right, bottom; } Cell;
]]

local function number(pointer) return tonumber(ffi.cast("intptr_t", pointer)) end

-- `at`: the addresses of pdfium's functions by name.
local function characters_with(at, no_object)
  local text_object = ffi.cast("void *(*)(void *, int)", at.FPDFText_GetTextObject)
  local char_origin = ffi.cast("int (*)(void *, int, double *, double *)", at.FPDFText_GetCharOrigin)
  local loose_box = ffi.cast("int (*)(void *, int, Cell *)", at.FPDFText_GetLooseCharBox)
  local char_matrix = ffi.cast("int (*)(void *, int, Matrix *)", at.FPDFText_GetMatrix)
  local font_size = ffi.cast("double (*)(void *, int)", at.FPDFText_GetFontSize)
  local render_mode = ffi.cast("int (*)(void *)", at.FPDFTextObj_GetTextRenderMode)
  local font = ffi.cast("void *(*)(void *)", at.FPDFTextObj_GetFont)
  local x, y, cell, matrix = ffi.new("double[1]"), ffi.new("double[1]"), ffi.new("Cell"), ffi.new("Matrix")

  return function(page, count, characters, objects)
    page = ffi.cast("void *", page)
    characters, objects = ffi.cast("double *", characters), ffi.cast("double *", objects)
    local rows, row, held, kept, kept_row = 0, -1, nil, nil, -1
    for i = 0, count - 1 do
      local object = text_object(page, i)
      if i == 0 or object ~= held then
        held = object
        if object ~= nil and object == kept then
          row = kept_row
        else
          row, rows = rows, rows + 1
          local out = objects + row * 8
          out[0], out[1] = 0, no_object
          if object ~= nil then
            kept, kept_row = object, row
            out[0], out[1] = number(font(object)), render_mode(object)
          end
          char_matrix(page, i, matrix)
          out[2], out[3], out[4], out[5], out[6] = font_size(page, i), matrix.a, matrix.b, matrix.c, matrix.d
          out[7] = i
        end
      end
      char_origin(page, i, x, y)
      loose_box(page, i, cell)
      local out = characters + i * 7
      out[0], out[1], out[2] = row, x[0], y[0]
      out[3], out[4], out[5], out[6] = cell.left, cell.top, cell.right, cell.bottom
    end
    return rows
  end
end

local function drawings_with(at, image, path, form)
  local page_object = ffi.cast("void *(*)(void *, int)", at.FPDFPage_GetObject)
  local form_object = ffi.cast("void *(*)(void *, unsigned long)", at.FPDFFormObj_GetObject)
  local kind_of = ffi.cast("int (*)(void *)", at.FPDFPageObj_GetType)
  local bounds = ffi.cast("int (*)(void *, float *, float *, float *, float *)", at.FPDFPageObj_GetBounds)
  local segments = ffi.cast("int (*)(void *)", at.FPDFPath_CountSegments)
  local draw_mode = ffi.cast("int (*)(void *, int *, int *)", at.FPDFPath_GetDrawMode)
  local colour_type = "int (*)(void *, unsigned *, unsigned *, unsigned *, unsigned *)"
  local fill_colour = ffi.cast(colour_type, at.FPDFPageObj_GetFillColor)
  local stroke_colour = ffi.cast(colour_type, at.FPDFPageObj_GetStrokeColor)
  local edge, colour, painted = ffi.new("float[4]"), ffi.new("unsigned[4]"), ffi.new("int[2]")

  return function(container, in_form, count, drawings)
    container, drawings = ffi.cast("void *", container), ffi.cast("double *", drawings)
    local rows = 0
    for i = 0, count - 1 do
      local object
      if in_form then object = form_object(container, i) else object = page_object(container, i) end
      local kind = kind_of(object)
      if kind == image or kind == path or kind == form then
        local out = drawings + rows * 13
        rows = rows + 1
        bounds(object, edge, edge + 1, edge + 2, edge + 3)
        out[0], out[1] = number(object), kind
        out[2], out[3], out[4], out[5] = edge[0], edge[1], edge[2], edge[3]
        if kind == path then
          draw_mode(object, painted, painted + 1)
          local colour_of = painted[1] ~= 0 and stroke_colour or fill_colour
          colour_of(object, colour, colour + 1, colour + 2, colour + 3)
          out[6], out[7], out[8] = segments(object), painted[0], painted[1]
          out[9], out[10], out[11], out[12] = colour[0], colour[1], colour[2], colour[3]
        end
      end
    end
    return rows
  end
end

return characters_with, drawings_with
