import type { CustomLayerInterface, Map as MapLibreMap } from 'maplibre-gl';
import { ATLAS_COLUMNS, ATLAS_ROWS, drawMarkAtlas } from './mark-atlas.js';
import { STRIDE, type MarkList } from './mark-list.js';
import { mercatorX, mercatorY, worldPx } from './mercator.js';

const VERTEX = `#version 300 es
in vec2 corner;
in vec2 place;
in vec2 offset;
in float size;
in float cell;
in vec4 colour;
uniform vec2 middle;
uniform float world;
uniform vec2 view;
uniform vec2 cells;
out vec2 at;
out vec4 tint;
void main() {
  vec2 px = place * world + middle + offset + corner * size;
  gl_Position = vec4(px.x / view.x * 2.0, -px.y / view.y * 2.0, 0.0, 1.0);
  vec2 from = vec2(mod(cell, cells.x), floor(cell / cells.x));
  at = (from + corner + 0.5) / cells;
  tint = colour;
}`;

const FRAGMENT = `#version 300 es
precision mediump float;
in vec2 at;
in vec4 tint;
uniform sampler2D atlas;
out vec4 paint;
void main() {
  float alpha = texture(atlas, at).a * tint.a;
  paint = vec4(tint.rgb * alpha, alpha);
}`;

/** Floats of an instance by attribute: name, number of floats, where they begin. The colour comes after them. */
const ATTRIBUTES = [
  ['place', 2, 0],
  ['offset', 2, 8],
  ['size', 1, 16],
  ['cell', 1, 20],
] as const;

interface Drawing {
  readonly program: WebGLProgram;
  readonly array: WebGLVertexArrayObject;
  readonly corners: WebGLBuffer;
  readonly instances: WebGLBuffer;
  readonly atlas: WebGLTexture;
  readonly uniforms: Readonly<Record<(typeof UNIFORMS)[number], WebGLUniformLocation | null>>;
}

const UNIFORMS = ['atlas', 'world', 'view', 'cells', 'middle'] as const;

/** Draws the marks of sensors by one call a frame, whatever their number; the map is neither turned nor tilted. */
export class MarkLayer implements CustomLayerInterface {
  readonly type = 'custom';
  readonly renderingMode = '2d';
  private drawing: Drawing | undefined;
  private map: MapLibreMap | undefined;
  private list: MarkList | undefined;
  private isFresh = false;

  constructor(readonly id: string) {}

  show(list: MarkList): void {
    this.list = list;
    this.isFresh = true;
    this.map?.triggerRepaint();
  }

  onAdd(map: MapLibreMap): void {
    this.map = map;
    this.isFresh = true;
  }

  onRemove(_map: MapLibreMap, gl: WebGL2RenderingContext): void {
    this.map = undefined;
    if (this.drawing === undefined) return;
    gl.deleteProgram(this.drawing.program);
    gl.deleteVertexArray(this.drawing.array);
    gl.deleteBuffer(this.drawing.corners);
    gl.deleteBuffer(this.drawing.instances);
    gl.deleteTexture(this.drawing.atlas);
    this.drawing = undefined;
  }

  render(gl: WebGL2RenderingContext): void {
    const { list, map } = this;
    if (list === undefined || map === undefined || list.count === 0) return;
    // Here and not when it is added: after a frame of ours the map takes its own settings of the graphics card anew.
    const drawing = (this.drawing ??= prepared(gl));
    const { uniforms } = drawing;
    const { clientWidth, clientHeight } = map.getCanvas();
    const world = worldPx(map.getZoom());
    const centre = map.getCenter();
    gl.useProgram(drawing.program);
    gl.bindVertexArray(drawing.array);
    if (this.isFresh) {
      this.isFresh = false;
      gl.bindBuffer(gl.ARRAY_BUFFER, drawing.instances);
      gl.bufferData(gl.ARRAY_BUFFER, list.bytes, gl.DYNAMIC_DRAW);
    }
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, drawing.atlas);
    gl.uniform1i(uniforms.atlas, 0);
    gl.uniform1f(uniforms.world, world);
    gl.uniform2f(uniforms.view, clientWidth, clientHeight);
    gl.uniform2f(uniforms.cells, ATLAS_COLUMNS, ATLAS_ROWS);
    // In double precision: from the middle of the view to the place that the list counts from.
    const dx = (list.origin[0] - mercatorX(centre.lng)) * world;
    const dy = (list.origin[1] - mercatorY(centre.lat)) * world;
    gl.uniform2f(uniforms.middle, dx, dy);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, list.count);
    gl.bindVertexArray(null);
  }
}

function prepared(gl: WebGL2RenderingContext): Drawing {
  const program = linked(gl);
  const array = gl.createVertexArray();
  gl.bindVertexArray(array);
  const corners = gl.createBuffer();
  gl.bindBuffer(gl.ARRAY_BUFFER, corners);
  gl.bufferData(gl.ARRAY_BUFFER, Float32Array.of(-0.5, -0.5, 0.5, -0.5, -0.5, 0.5, 0.5, 0.5), gl.STATIC_DRAW);
  const corner = gl.getAttribLocation(program, 'corner');
  gl.enableVertexAttribArray(corner);
  gl.vertexAttribPointer(corner, 2, gl.FLOAT, false, 0, 0);
  const instances = gl.createBuffer();
  gl.bindBuffer(gl.ARRAY_BUFFER, instances);
  for (const [name, floats, offset] of ATTRIBUTES) {
    const location = gl.getAttribLocation(program, name);
    gl.enableVertexAttribArray(location);
    gl.vertexAttribPointer(location, floats, gl.FLOAT, false, STRIDE, offset);
    gl.vertexAttribDivisor(location, 1);
  }
  const colour = gl.getAttribLocation(program, 'colour');
  gl.enableVertexAttribArray(colour);
  gl.vertexAttribPointer(colour, 4, gl.UNSIGNED_BYTE, true, STRIDE, 24);
  gl.vertexAttribDivisor(colour, 1);
  gl.bindVertexArray(null);
  return {
    program,
    array,
    corners,
    instances,
    atlas: textureOf(gl, drawMarkAtlas()),
    uniforms: Object.fromEntries(
      UNIFORMS.map((name) => [name, gl.getUniformLocation(program, name)]),
    ) as Drawing['uniforms'],
  };
}

function textureOf(gl: WebGL2RenderingContext, canvas: HTMLCanvasElement): WebGLTexture {
  const texture = gl.createTexture();
  gl.bindTexture(gl.TEXTURE_2D, texture);
  gl.pixelStorei(gl.UNPACK_FLIP_Y_WEBGL, false);
  gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, canvas);
  gl.generateMipmap(gl.TEXTURE_2D);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR_MIPMAP_LINEAR);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.LINEAR);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
  return texture;
}

function linked(gl: WebGL2RenderingContext): WebGLProgram {
  const program = gl.createProgram();
  for (const [type, source] of [
    [gl.VERTEX_SHADER, VERTEX],
    [gl.FRAGMENT_SHADER, FRAGMENT],
  ] as const) {
    const shader = gl.createShader(type);
    if (shader === null) throw new Error('the graphics context is lost');
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
    gl.deleteShader(shader);
  }
  gl.linkProgram(program);
  if (gl.getProgramParameter(program, gl.LINK_STATUS) !== true) {
    throw new Error(`the map's marks cannot be drawn: ${gl.getProgramInfoLog(program) ?? 'no reason given'}`);
  }
  return program;
}
